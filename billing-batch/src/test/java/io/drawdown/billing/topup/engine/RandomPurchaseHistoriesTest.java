package io.drawdown.billing.topup.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays random histories of the real engines over models of Stripe and credits-service. */
class RandomPurchaseHistoriesTest {

    private static final int HISTORIES = 10_000;
    private static final int STEPS = 300;

    @Test
    void moneyTakenIsGrantedOrGivenBackAndATopUpBuysOneAtATime() {
        for (long seed = 1; seed <= HISTORIES; seed++) {
            // When
            String found = PurchaseHistory.play(seed, STEPS);
            // Then
            assertThat(found).as("seed %d", seed).isNull();
        }
    }
}
