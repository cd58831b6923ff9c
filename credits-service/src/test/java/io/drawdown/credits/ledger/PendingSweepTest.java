package io.drawdown.credits.ledger;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingSweepTest {

    private final CreditsWorld world = new CreditsWorld();

    @Test
    void anEntryWrittenBeforeTheClockWasSetBackIsPublished() {
        // Given
        CreditsCore stuck = world.core();
        world.publisher.faults.next(Fault.HANGS);
        world.open(stuck, "ada", 10);
        world.time.advance(Duration.ofSeconds(1));
        world.time.stepClock(Duration.ofHours(-1));
        // When
        CreditsCore next = world.core();
        next.start();
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(next.backlog()).isZero();
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        assertThat(world.publisher.ids("ada")).contains("ada:1", "ada:2");
    }
}
