package io.drawdown.simulator.owners;

import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.Timeline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServedTimeTest {

    private static final long MILLI = 1_000_000;

    private final Timeline timeline = new Timeline();
    private final Process process = new Process("owner", timeline);
    private final ServedTime time = new ServedTime(timeline, process);

    @Test
    void servedTimeGoesFromTheSettledTotalToTheFundedOne() {
        // Given
        time.begin(1_000);
        time.fund(0, 3_000);
        time.serve();

        // When
        timeline.next(5_000 * MILLI);

        // Then
        assertThat(time.usedMillis()).isEqualTo(3_000);
        assertThat(time.ownNanos()).isEqualTo(2_000 * MILLI);
        assertThat(time.leftNanos()).isZero();
    }

    @Test
    void nothingIsServedWhileTheProcessStalls() {
        // Given
        time.fund(0, 60_000);
        time.serve();
        timeline.next(1_000 * MILLI);
        process.freeze();
        timeline.next(9_000 * MILLI);
        process.wake();

        // When
        timeline.next(10_000 * MILLI);

        // Then
        assertThat(time.usedMillis()).isEqualTo(2_000);
    }

    @Test
    void aLowerFundingChangesNothing() {
        // Given
        time.fund(0, 5_000);

        // When
        time.fund(0, 4_000);

        // Then
        assertThat(time.leftNanos()).isEqualTo(5_000 * MILLI);
    }
}
