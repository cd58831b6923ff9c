package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DueSweepTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @Test
    void grantsExpireOnAccountsThatNobodyUses() {
        // Given
        world.open(core, "ada", 0);
        NewGrant expiring = new NewGrant(
                GrantKind.PROMO, Credits.of(30), 10, null, world.time.now().plusSeconds(60));
        world.await(core.commands().grant("ada", expiring, world.key()));
        core.start();
        // When
        world.time.advance(Duration.ofSeconds(75));
        // Then
        assertThat(world.entries("ada"))
                .last()
                .extracting(Entry::type)
                .isIn(EntryType.EXPIRED, EntryType.THRESHOLD_CROSSED);
        assertThat(world.document("ada").grants()).isEmpty();
        assertThat(world.document("ada").money().dueAt()).isNull();
    }

    @Test
    void aHoldOfWhichNothingIsHeardIsRaisedAgainAndAgain() {
        // Given
        world.open(core, "ada", 90);
        world.start(core, "ada", "s");
        core.start();
        // When
        world.time.advance(Duration.ofSeconds(120 + 95));
        // Then
        assertThat(world.entries("ada"))
                .filteredOn(entry -> entry.type() == EntryType.OVERDUE)
                .hasSizeBetween(2, 4);
        assertThat(world.document("ada").holds()).hasSize(1);
    }

    @Test
    void anAnswerThatNeverComesDoesNotEndTheSweeps() {
        // Given
        world.open(core, "ada", 90);
        world.start(core, "ada", "s");
        core.start();
        world.accounts.reads.next(Fault.HANGS, Fault.HANGS);
        // When
        world.time.advance(Duration.ofMinutes(4));
        // Then
        assertThat(world.entries("ada")).extracting(Entry::type).contains(EntryType.OVERDUE);
    }

    @Test
    void aStoppedCoreSweepsNoMore() {
        // Given
        world.open(core, "ada", 90);
        world.start(core, "ada", "s");
        core.start();
        // When
        core.stop();
        world.time.advance(Duration.ofMinutes(10));
        // Then
        assertThat(world.entries("ada")).extracting(Entry::type).doesNotContain(EntryType.OVERDUE);
        assertThat(world.time.waiting()).isZero();
    }
}
