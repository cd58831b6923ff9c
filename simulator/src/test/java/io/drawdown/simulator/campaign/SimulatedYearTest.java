package io.drawdown.simulator.campaign;

import io.drawdown.simulator.billing.BillingFaults;
import io.drawdown.simulator.billing.Customers;
import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Counts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One long history of billing-batch: a year and more, hundreds of teams, thousands of items, and all that goes wrong meanwhile. */
class SimulatedYearTest {

    /** Of a history with many teams. */
    private static final long SEED = 232;

    private static final int STEPS = 3_000;
    private static final int TEAMS = 300;
    private static final int ITEMS = 1_000;
    private static final int HOURS_OF_A_YEAR = 365 * 24;

    @Test
    void inAYearNoItemIsChargedTwiceAndTheMoneyTakenIsThatOfTheItems() {
        // When
        Outcome year = History.of(Script.of(Scene.BILLING, SEED, STEPS), false);

        // Then
        Counts counts = year.counts();
        System.out.println("A year of billing-batch, " + year.steps() + " steps: " + counts.all());
        assertThat(year.finding()).isNull();
        assertThat(counts.of(Customers.TEAMS)).isEqualTo(TEAMS);
        assertThat(counts.of(BillingFaults.HOURS)).isGreaterThan(HOURS_OF_A_YEAR);
        assertThat(counts.of("item QUEUED")).isGreaterThan(ITEMS);
        assertThat(counts.of("item PUBLISHED")).isGreaterThan(ITEMS / 3);
    }
}
