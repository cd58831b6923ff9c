package io.drawdown.kit.time;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeriodicTaskTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final List<Long> rounds = new ArrayList<>();
    private Uni<Void> answer = time.answer(Duration.ofSeconds(3), () -> null);

    private final PeriodicTask task = PeriodicTask.of(time, INTERVAL, this::note);
    private final PeriodicTask asking = PeriodicTask.of("test", time, INTERVAL, () -> {
        note();
        return answer;
    });

    private void note() {
        rounds.add(Duration.ofNanos(time.nanos()).toSeconds());
    }

    @Test
    void firstRoundComesAfterOneInterval() {
        // When
        task.start();
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(rounds).containsExactly(10L, 20L, 30L);
    }

    @Test
    void firstRoundComesAtOnceIfWanted() {
        // When
        task.startNow();
        time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(rounds).containsExactly(0L, 10L);
    }

    @Test
    void intervalCountsFromTheEndOfARound() {
        // When
        asking.start();
        time.advance(Duration.ofSeconds(40));
        // Then
        assertThat(rounds).containsExactly(10L, 23L, 36L);
    }

    @Test
    void secondStartChangesNothing() {
        // When
        task.start();
        task.startNow();
        time.advance(INTERVAL);
        // Then
        assertThat(rounds).containsExactly(10L);
    }

    @Test
    void noRoundComesAfterTheStop() {
        // Given
        task.start();
        time.advance(INTERVAL);
        // When
        task.stop();
        time.advance(INTERVAL);
        // Then
        assertThat(rounds).containsExactly(10L);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void roundThatHasBegunIsTheLastAfterTheStop() {
        // Given
        asking.start();
        time.advance(Duration.ofSeconds(11));
        // When
        asking.stop();
        time.advance(Duration.ofMinutes(2));
        // Then
        assertThat(rounds).containsExactly(10L);
        assertThat(asking.isRunning()).isFalse();
    }

    @Test
    void failedRoundDoesNotEndTheTask() {
        // Given
        answer = Uni.createFrom().failure(new Unavailable("away"));
        // When
        asking.start();
        time.advance(Duration.ofSeconds(20));
        // Then
        assertThat(rounds).containsExactly(10L, 20L);
    }

    @Test
    void lostAnswerDoesNotEndTheTask() {
        // Given
        answer = Uni.createFrom().nothing();
        // When
        asking.start();
        time.advance(Duration.ofSeconds(80));
        // Then
        assertThat(rounds).containsExactly(10L, 80L);
    }

    @Test
    void actionThatThrowsTellsItsSchedulerAndDoesNotEndTheTask() {
        // Given
        PeriodicTask throwing = PeriodicTask.of(time, INTERVAL, () -> {
            throw new IllegalStateException("broken");
        });
        throwing.start();
        // When
        assertThatThrownBy(() -> time.advance(INTERVAL)).hasMessage("broken");
        // Then
        assertThat(time.waiting()).isOne();
    }
}
