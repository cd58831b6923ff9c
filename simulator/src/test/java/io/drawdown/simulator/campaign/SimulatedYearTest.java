package io.drawdown.simulator.campaign;

import io.drawdown.simulator.billing.BillingSide;
import io.drawdown.simulator.billing.Customers;
import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Counts;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One long history of billing-batch: a year and more, hundreds of teams, thousands of items, and all that goes wrong meanwhile. */
class SimulatedYearTest {

    private static final int STEPS = 2_500;
    private static final int TEAMS = 300;
    private static final int ITEMS = 1_000;
    private static final int HOURS_OF_A_YEAR = 365 * 24;

    @Test
    void inAYearNoItemIsChargedTwiceAndTheMoneyTakenIsThatOfTheItems() {
        // Given
        long seed = LongStream.iterate(1, each -> each + 1)
                .filter(each -> play(each, 1).counts().of(Customers.TEAMS) == TEAMS)
                .findFirst()
                .orElseThrow();

        // When
        Outcome year = play(seed, STEPS);

        // Then
        Counts counts = year.counts();
        System.out.println("A year of billing-batch, seed " + seed + ": " + counts.all());
        assertThat(year.finding()).isNull();
        assertThat(counts.of(BillingSide.HOURS)).isGreaterThan(HOURS_OF_A_YEAR);
        assertThat(counts.of("item QUEUED")).isGreaterThan(ITEMS);
        assertThat(counts.of("item PUBLISHED")).isGreaterThan(ITEMS / 2);
    }

    private static Outcome play(long seed, int meanSteps) {
        return History.of(Script.of(Scene.BILLING, seed, meanSteps), false);
    }
}
