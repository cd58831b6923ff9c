package io.drawdown.billing.run.store;

import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.run.CronTimes;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.run.Turns;
import io.drawdown.billing.testing.IdleCore;
import io.drawdown.billing.testing.PlainContext;
import io.drawdown.billing.testing.Requests;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import io.drawdown.kit.lease.IncarnationStore;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;

/** The documents in a real database, and what a service does without a core at work. */
@QuarkusTest
@TestProfile(IdleCore.class)
class MongoRunsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RunOrder ORDER =
            new RunOrder(Trigger.SCHEDULE, "olga", List.of("a", "b"), 300_000, NOW, true, NOW.plusSeconds(1));

    @Inject
    MongoRuns runs;

    @Inject
    MongoProcesses processes;

    @Inject
    MongoRunner runner;

    @Inject
    RunStores stores;

    @Inject
    ProcessTable table;

    @Inject
    Scheduler scheduler;

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }

    @BeforeEach
    void empty() {
        now(runs.deleteAll());
        now(processes.deleteAll());
        now(runner.deleteAll());
    }

    private static RunDocument run(String id, Instant startedAt) {
        RunnerDocument.Current current = new RunnerDocument.Current(id, "one", ORDER, startedAt, 2);
        List<ProcessDocument> found = List.of(ProcessDocument.first("a"), ProcessDocument.first("b"));
        return RunDocument.begin(current, 7, Turns.of(found, startedAt)).written("w-1");
    }

    private static RunDocument ended(String id, Instant at) {
        Figures figures = new Figures(Map.of("x_count", 3L), "note");
        RunDocument begun = changed(run(id, at).started(7, "a", "c-1", at));
        RunDocument half = changed(begun.ended(7, "a", Ending.failed("exception", "E", "c-1"), figures, 5));
        RunDocument all = changed(half.ended(7, "b", Ending.completed(), Figures.NONE, 6));
        return changed(all.end(7, at, 11));
    }

    @Test
    void documentsComeBackAsTheyWereInEveryState() {
        // Given
        RunDocument first = run("run_1", NOW);
        RunDocument running = changed(first.started(7, "a", "c-1", NOW)).written("w-2");
        RunDocument over = ended("run_2", NOW);
        RunnerDocument busy = changed(RunnerDocument.first().begin("run_1", "one", ORDER, NOW))
                .written("w-3");
        ProcessDocument process =
                changed(changed(ProcessDocument.first("a").begun(7, NOW)).saved(7, "c-9"));
        ProcessDocument told = changed(process.ended(
                7,
                new ProcessDocument.Last(
                        "run_1",
                        NOW,
                        new ProcessState.Over(Ending.completed(), 5),
                        new Figures(Map.of("n", 1L), null))));
        // When
        now(runs.insert(first));
        now(runs.replace(first, running));
        now(runs.insert(over));
        now(runner.insert(busy));
        now(processes.insert(process));
        now(processes.insert(new ProcessDocument("b", told.revision(), 7, true, null, null, told.last())));
        // Then
        assertThat(now(runs.get("run_1"))).contains(running);
        assertThat(now(runs.get("run_2"))).contains(over);
        assertThat(now(runner.get(RunnerDocument.ID))).contains(busy);
        assertThat(now(processes.get("a"))).contains(process);
        assertThat(now(processes.get("b")).orElseThrow().last()).isEqualTo(told.last());
        assertThat(now(processes.all())).hasSize(2);
    }

    @Test
    void documentIsReplacedOnlyAsItWasReadAndInsertedOnce() {
        // Given
        RunDocument first = run("run_1", NOW);
        now(runs.insert(first));
        // When
        boolean isFirst = now(
                runs.replace(first, changed(first.started(7, "a", null, NOW)).written("w-2")));
        boolean isSecond = now(
                runs.replace(first, changed(first.started(7, "b", null, NOW)).written("w-3")));
        boolean isAgain = now(runs.insert(first));
        // Then
        assertThat(isFirst).isTrue();
        assertThat(isSecond).isFalse();
        assertThat(isAgain).isFalse();
    }

    @Test
    void pagesTheUnsentAndTheOldAreFound() {
        // Given
        now(runs.insert(ended("run_1", NOW.minusSeconds(9))));
        now(runs.insert(ended("run_2", NOW)));
        now(runs.insert(run("run_3", NOW.minusSeconds(99))));
        // When
        List<RunDocument> unsent = now(runs.unsent(NOW.plusSeconds(1), 10));
        now(runs.published(List.of("run_1")));
        // Then
        assertThat(unsent).extracting(RunDocument::id).containsExactly("run_1", "run_2");
        assertThat(now(runs.unsent(NOW.plusSeconds(1), 10)))
                .extracting(RunDocument::id)
                .containsExactly("run_2");
        assertThat(now(runs.page(null, 2))).extracting(RunDocument::id).containsExactly("run_3", "run_2");
        assertThat(now(runs.page("run_2", 2))).extracting(RunDocument::id).containsExactly("run_1");
        assertThat(now(runs.endedBefore(NOW.plusSeconds(1), "", 10))).containsExactly("run_1");
    }

    @Test
    void retentionRemovesOldRunsThatArePublishedInPages() throws Exception {
        // Given
        for (int each = 0; each < RunRetention.PAGE + 7; each++) {
            now(runs.insert(ended("run_" + (1_000 + each), NOW.minus(Duration.ofDays(40)))));
        }
        now(runs.published(
                now(runs.page(null, 1_000)).stream().map(RunDocument::id).toList()));
        now(runs.insert(ended("run_0", NOW.minus(Duration.ofDays(40)))));
        now(runs.insert(run("run_1", NOW.minus(Duration.ofDays(40)))));
        RunRetention retention = new RunRetention(stores, Duration.ofDays(30));
        PlainContext dry = new PlainContext(NOW, true);
        PlainContext context = new PlainContext(NOW, false);
        // When
        retention.run(dry);
        int left = now(runs.page(null, 1_000)).size();
        BatchResult result = retention.run(context);
        // Then
        assertThat(left).isEqualTo(RunRetention.PAGE + 9);
        assertThat(dry.counts()).containsEntry("processed_count", RunRetention.PAGE + 7L);
        assertThat(result).isEqualTo(BatchResult.completed());
        assertThat(context.counts()).isEqualTo(dry.counts());
        assertThat(now(runs.page(null, 1_000))).extracting(RunDocument::id).containsExactly("run_1", "run_0");
    }

    @Test
    void retentionRemovesInstancesThatAreLongGone() {
        // Given
        IncarnationStore instances = stores.incarnations();
        now(instances.register("gone-1", "gone"));
        now(instances.register("here-1", "here"));
        now(instances.release("gone-1"));
        Instant renewed = now(instances.get("gone-1")).orElseThrow().renewedAt();
        RunRetention retention = new RunRetention(stores, Duration.ofDays(30));
        // When
        retention.run(new PlainContext(renewed.plus(Duration.ofHours(23)), false));
        retention.run(new PlainContext(renewed.plus(Duration.ofHours(25)), true));
        boolean wasKept = now(instances.get("gone-1")).isPresent();
        retention.run(new PlainContext(renewed.plus(Duration.ofHours(25)), false));
        // Then
        assertThat(wasKept).isTrue();
        assertThat(now(instances.get("gone-1"))).isEmpty();
        assertThat(now(instances.get("here-1"))).isPresent();
    }

    @Test
    void everyScheduleIsAJobOfTheScheduler() {
        assertThat(table.schedules()).containsKey("run_retention");
        table.schedules().forEach((name, schedule) -> {
            // When
            Instant next = scheduler.getScheduledJob(name).getNextFireTime();
            // Then
            assertThat(new CronTimes(schedule).after(next.minusSeconds(1))).contains(next);
        });
    }

    @Test
    void withoutASecretTheEndpointIsClosed() {
        RestAssured.given()
                .header("X-Worker-Secret", "")
                .noContentType()
                .post(Requests.WORKER)
                .then()
                .statusCode(503)
                .header("Retry-After", "1");
    }
}
