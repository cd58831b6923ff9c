package io.drawdown.billing.item.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays random histories of the real engine over models of Stripe and Slack. */
class RandomItemHistoriesTest {

    private static final int HISTORIES = 6_000;
    private static final int STEPS = 250;

    @Test
    void noItemIsChargedTwicePublishedTwiceOrStuckAndThreeAreFree() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            // When
            String found = ModelHistory.play(seed, STEPS);
            // Then
            assertThat(found).as("seed %d", seed).isNull();
        }
    }
}
