package io.drawdown.credits.store;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.commit.CommitLimits;
import io.drawdown.credits.testing.CreditsWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a remembered document proposes a write, and when it is read first. */
class AccountCacheTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore one = world.core();

    @Test
    void aLoneProcessWritesWithoutReading() {
        // Given
        world.open(one, "ada", 1_000);
        int before = world.accounts.decisions;
        // When
        charge(one, 10);
        // Then
        assertThat(world.accounts.decisions).isEqualTo(before);
    }

    @Test
    void anAccountIsReadFirstWhereAnotherProcessWritesToo() {
        // Given
        CreditsCore other = world.core();
        world.open(one, "ada", 1_000);
        charge(other, 1);
        charge(one, 1);
        int lost = world.vitals.racesLost;
        assertThat(lost).isPositive();
        // When
        for (int i = 0; i < 20; i++) {
            charge(other, 1);
            charge(one, 1);
        }
        // Then
        assertThat(world.vitals.racesLost).isEqualTo(lost);
    }

    @Test
    void aProcessThatHasLongBeenAloneOnAnAccountRemembersItAgain() {
        // Given
        CreditsCore other = world.core();
        world.open(one, "ada", 1_000);
        charge(other, 1);
        charge(one, 1);
        // When
        charge(one, CommitLimits.DEFAULT.alone());
        int before = world.accounts.decisions;
        charge(one, 10);
        // Then
        assertThat(world.accounts.decisions).isEqualTo(before);
    }

    private void charge(CreditsCore core, int times) {
        for (int i = 0; i < times; i++) {
            world.await(core.commands().charge("ada", "credit", 1, world.key()));
        }
    }
}
