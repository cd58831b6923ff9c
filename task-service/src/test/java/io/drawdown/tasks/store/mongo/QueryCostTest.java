package io.drawdown.tasks.store.mongo;

import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.leased;
import static io.drawdown.tasks.testing.Tasks.ordered;
import static io.drawdown.tasks.testing.Tasks.scheduled;
import static io.drawdown.tasks.testing.Tasks.spec;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a query costs does not depend on how many tasks there are. Compares medians of one run. It has a database of its own, so
 * that nobody has to remove its tasks.
 */
@QuarkusTest
@TestProfile(QueryCostTest.OwnDatabase.class)
class QueryCostTest {

    private static final int GROUP = 1_000;
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final int FINISHED = 20_000;
    private static final int TENANTS = 10;
    private static final int CLAIMED = 16;
    private static final int ROUNDS = 3;
    private static final int WARM_UPS = 10;
    private static final int CALLS = 31;

    /** A query that reads all finished tasks costs some hundred times as much as a read by id. */
    private static final int MOST_READS_BY_ID = 25;

    public static final class OwnDatabase extends IdleCore {
        @Override
        protected String database() {
            return "cost";
        }
    }

    private final MongoTasks tasks = Arc.container().instance(MongoTasks.class).get();
    private final MongoDeadLetters dead =
            Arc.container().instance(MongoDeadLetters.class).get();

    @Test
    void claimFromManyWaitingTasksCostsAsMuchAsFromFew() {
        // Given
        insert(0, FEW, QueryCostTest::waitingOfSomeTenant);
        LongStream.range(0, WARM_UPS).forEach(round -> median(this::claim));
        long few = best(this::claim);
        insert(FEW, MANY, QueryCostTest::waitingOfSomeTenant);
        // When
        long many = best(this::claim);
        // Then
        assertThat(many)
                .as("nanoseconds at %d tasks, compared with %d at %d", MANY, few, FEW)
                .isLessThanOrEqualTo(2 * few);
    }

    @Test
    void noQueryReadsTheTasksThatItDoesNotFind() {
        // Given
        insert(0, FINISHED, QueryCostTest::finished);
        insertOneOfEachState();
        Map<String, Supplier<Uni<?>>> queries = queries();
        queries.values().forEach(query -> median(() -> now(query.get())));
        long byId = best(() -> now(tasks.get("tsk_waiting")));
        // When
        Map<String, Long> costs = new LinkedHashMap<>();
        queries.forEach((name, query) -> costs.put(name, best(() -> now(query.get()))));
        // Then
        assertThat(costs).as("nanoseconds; a read by id takes %d", byId).allSatisfy((name, cost) -> assertThat(cost)
                .isLessThan(MOST_READS_BY_ID * byId));
    }

    private Map<String, Supplier<Uni<?>>> queries() {
        Map<String, Supplier<Uni<?>>> queries = new LinkedHashMap<>();
        queries.put("getAll", () -> tasks.getAll(List.of("tsk_waiting", "tsk_running", finishedId(7))));
        queries.put("holderOf", () -> tasks.holderOf("none"));
        queries.put("headOf", () -> tasks.headOf("order"));
        queries.put("replaceAll", () -> tasks.replaceAll(List.of(waiting("tsk_waiting"), waiting("tsk_none"))));
        queries.put("trim", () -> tasks.trim(Map.of(finishedId(7), 99L)));
        queries.put("unsent", () -> tasks.unsent(Instant.EPOCH, AT, CLAIMED));
        queries.put("isAnyReady", tasks::isAnyReady);
        queries.put("nextTenant", () -> tasks.nextTenant("echo", Lane.NORMAL, ""));
        queries.put("ready", () -> tasks.ready("echo", Lane.NORMAL, "acme", CLAIMED));
        queries.put("dueBefore", () -> tasks.dueBefore(AT.plusSeconds(1), CLAIMED));
        queries.put("ownedBy", () -> tasks.ownedBy(List.of("me", "you"), "tsk_a", CLAIMED));
        queries.put("cancelAsked", () -> tasks.cancelAsked("me", CLAIMED));
        queries.put("leasedIn", () -> tasks.leasedIn(List.of("slot", "none")));
        queries.put("leasedUntilBefore", () -> tasks.leasedUntilBefore(AT.plusSeconds(60), CLAIMED));
        queries.put("expiredBefore", () -> tasks.expiredBefore(AT, CLAIMED));
        queries.put("resultsBefore", () -> tasks.resultsBefore(AT, CLAIMED));
        queries.put("removeBefore", () -> tasks.removeBefore(AT, CLAIMED));
        queries.put("latest", () -> dead.latest(null, DeadLetters.END, CLAIMED));
        queries.put("latest of a type", () -> dead.latest("echo", DeadLetters.END, CLAIMED));
        queries.put("ofGroup", () -> dead.ofGroup("none", DeadLetters.END, CLAIMED));
        queries.put("removeAmong", () -> tasks.removeAmong(List.of(finishedId(7), finishedId(8)), AT));
        return queries;
    }

    private void insertOneOfEachState() {
        TaskDocument running = Runs.claim(waiting("tsk_running"), "me", AT);
        now(tasks.insertAll(List.of(
                waiting("tsk_waiting"),
                scheduled("tsk_scheduled", AT),
                running.written("w-1", 0),
                Ends.cancel(Runs.claim(waiting("tsk_asked"), "me", AT), Policy.DEFAULT, AT)
                        .written("w-1", 0),
                ordered("tsk_ordered", "order", 1),
                leased("tsk_leased", AT))));
    }

    private void claim() {
        String tenant = now(tasks.nextTenant("echo", Lane.NORMAL, tenant(3))).orElseThrow();
        assertThat(now(tasks.ready("echo", Lane.NORMAL, tenant, CLAIMED))).hasSize(CLAIMED);
    }

    private static TaskDocument waitingOfSomeTenant(int n) {
        TaskDocument task = waiting("tsk_%08d".formatted(n), spec("echo", tenant(n % TENANTS), AT.plusMillis(n)));
        return task.trimmed(task.outbox().seq());
    }

    private static TaskDocument finished(int n) {
        TaskDocument task =
                Runs.complete(Runs.claim(waiting(finishedId(n)), "me", AT), "{}", Policy.DEFAULT, AT.plusMillis(n));
        return task.written("w-2", task.outbox().seq());
    }

    private void insert(int from, int to, IntFunction<TaskDocument> task) {
        for (int start = from; start < to; start += GROUP) {
            List<TaskDocument> group =
                    IntStream.range(start, start + GROUP).mapToObj(task).toList();
            assertThat(now(tasks.insertAll(group))).doesNotContain(false);
        }
    }

    /** The least of some medians: what disturbs one round does not count. */
    private static long best(Runnable call) {
        return LongStream.generate(() -> median(call)).limit(ROUNDS).min().orElseThrow();
    }

    private static long median(Runnable call) {
        long[] nanos =
                LongStream.generate(() -> nanos(call)).limit(CALLS).sorted().toArray();
        return nanos[CALLS / 2];
    }

    private static long nanos(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return System.nanoTime() - start;
    }

    private static String tenant(int n) {
        return "tenant-%03d".formatted(n);
    }

    private static String finishedId(int n) {
        return "tsk_finished_%08d".formatted(n);
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
