package io.drawdown.sessions.recovery;

import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.recovery.Silences.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long somebody was silent, in time that was watched. */
class SilencesTest {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final Silences silences = new Silences(time, Duration.ofSeconds(2));

    @Test
    void silenceIsOverOnceTheWaitWasWatched() {
        // Given
        silences.begin("one", 7);
        // When
        watch(9);
        // Then
        assertThat(isOver()).isFalse();
        watch(1);
        assertThat(isOver()).isTrue();
    }

    @Test
    void whatIsSeenLateInARoundWaitsFromThen() {
        // Given
        time.advance(Duration.ofMillis(300));
        silences.begin("one", 7);
        // When
        time.advance(Duration.ofMillis(700));
        silences.watch();
        watch(9);
        // Then
        assertThat(isOver()).isFalse();
    }

    @Test
    void timeThatWasNotWatchedDoesNotCount() {
        // Given
        silences.begin("one", 7);
        // When
        time.advance(Duration.ofHours(1));
        silences.watch();
        // Then
        assertThat(isOver()).isFalse();
    }

    @Test
    void silenceThatCouldNotBeHeardBeginsAnew() {
        // Given
        silences.begin("one", 7);
        watch(10);
        // When
        silences.restart("one");
        silences.restart("nobody");
        // Then
        assertThat(isOver()).isFalse();
        assertThat(silence().beat()).isEqualTo(7);
        assertThat(silences.names()).containsExactly("one");
    }

    @Test
    void whatIsNotThereAnyMoreIsForgotten() {
        // Given
        silences.begin("one", 7);
        silences.begin("two", 7);
        // When
        silences.keepOnly(List.of("two"));
        // Then
        assertThat(silences.names()).containsExactly("two");
    }

    private void watch(int seconds) {
        for (int second = 0; second < seconds; second++) {
            time.advance(Duration.ofSeconds(1));
            silences.watch();
        }
    }

    private boolean isOver() {
        return silences.isOver(silence(), WAIT);
    }

    private Silence silence() {
        return Objects.requireNonNull(silences.of("one"));
    }
}
