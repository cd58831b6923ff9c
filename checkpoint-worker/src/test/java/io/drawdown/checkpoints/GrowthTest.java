package io.drawdown.checkpoints;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthTest {

    @Test
    void workGrowsLinearlyWithTheSessions() {
        // Given
        Duration small = warmed(5_000).run();
        // When
        Fleet fleet = warmed(50_000);
        Duration large = fleet.run();
        // Then
        assertThat(large).isLessThan(small.multipliedBy(20).plusMillis(200));
        assertThat(fleet.latest()).satisfies(run -> {
            assertThat(run.sessions()).isEqualTo(50_000);
            assertThat(run.emitted()).isBetween(49_000L, 51_000L);
            assertThat(run.backlog()).isZero();
            assertThat(run.lagMillis()).isLessThan(250);
        });
    }

    private static Fleet warmed(int sessions) {
        Fleet fleet = new Fleet(sessions);
        Duration unused = fleet.run().plus(fleet.run());
        return fleet;
    }
}
