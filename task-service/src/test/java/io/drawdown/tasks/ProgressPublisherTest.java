package io.drawdown.tasks;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressPublisherTest {

    private static final TaskProgress.Labels LABELS = new TaskProgress.Labels("echo", "acme", null, null);

    private final ManualTime time = new ManualTime();
    private final List<String> published = new ArrayList<>();
    private Duration takes = Duration.ofMillis(5);
    private boolean isAway;
    private final EventPublisher broker = (topic, event) -> time.answer(takes, () -> {
        if (isAway) {
            throw new Unavailable("the broker is away");
        }
        assertThat(topic).isEqualTo(Topic.TASK_PROGRESS);
        TaskProgress progress = Json.read(event.data(), TaskProgress.class);
        published.add(event.key() + " " + progress.percent());
        return null;
    });
    private final ProgressPublisher publisher = new ProgressPublisher(broker, time, time);

    private void report(String id, int percent) {
        publisher.progressed(new TaskProgress(id, LABELS, 1, 1, percent, percent, null, time.now()));
    }

    @Test
    void latestReportOfEachTaskLeavesFourTimesASecond() {
        // When
        for (int percent = 1; percent <= 100; percent++) {
            report("a", percent);
            report("b", percent);
            time.advance(Duration.ofMillis(10));
        }
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(published).hasSizeBetween(8, 12).startsWith("a 1", "b 1").endsWith("a 100", "b 100");
    }

    @Test
    void brokerThatIsSlowOrAwayGetsOneRoundAtATime() {
        // Given
        takes = Duration.ofSeconds(10);
        isAway = true;
        // When
        for (int percent = 1; percent <= 50; percent++) {
            report("a", percent);
            time.advance(Duration.ofMillis(100));
        }
        int waiting = time.waiting();
        time.advance(Duration.ofSeconds(6));
        isAway = false;
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(waiting).isEqualTo(1);
        assertThat(published).containsExactly("a 50");
    }

    @Test
    void runTellsItsProgressWithItsFenceAndNeverFallsBack() {
        // Given
        World world = new World();
        world.send(world.spec("echo"));
        world.handlers.last().listener.reported(new Progress(60, "a"), List.of());
        world.pass(2_000);
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        world.pass(31_000);
        // When
        world.handlers.last().listener.reported(new Progress(10, "b"), List.of());
        world.handlers.last().listener.reported(null, List.of());
        world.handlers.last().listener.reported(new Progress(70, "c"), List.of());
        // Then
        assertThat(world.progress)
                .extracting(told -> told.fence() + "." + told.n() + " " + told.percent() + " " + told.note())
                .containsExactly("1.1 60 a", "2.1 60 a", "2.2 70 c");
    }
}
