package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Failure;
import io.drawdown.simulator.campaign.Campaign.Plan;
import io.drawdown.simulator.campaign.Campaign.Result;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CampaignTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void eachSeedIsPlayedOnceAndCounted() throws InterruptedException {
        // Given
        Campaign campaign = new Campaign(new Plan(100, 50, LONG, 4), seed -> outcome("seed " + seed, false));

        // When
        Result result = campaign.run(tally -> {});

        // Then
        assertThat(result.failure()).isEmpty();
        assertThat(result.tally().histories()).isEqualTo(50);
        assertThat(result.tally().steps()).isEqualTo(150);
        assertThat(result.tally().counts().all()).hasSize(50).containsEntry("seed 149", 1L);
    }

    @Test
    void smallestFailingSeedIsReportedEvenIfALaterOneFailsFirst() throws InterruptedException {
        // Given
        CountDownLatch laterFailed = new CountDownLatch(1);
        Campaign campaign = new Campaign(new Plan(1, 1_000, LONG, 2), seed -> {
            if (seed == 1) {
                await(laterFailed);
            } else if (seed == 2) {
                laterFailed.countDown();
            }
            return outcome("played", seed <= 2);
        });

        // When
        Result result = campaign.run(tally -> {});

        // Then
        assertThat(result.failure().map(Failure::seed)).hasValue(1L);
    }

    @Test
    void noHistoryBeginsAfterAStop() throws InterruptedException {
        // Given
        Campaign campaign = new Campaign(new Plan(1, 1_000, LONG, 2), seed -> outcome("played", false));
        campaign.stop();

        // When
        Result result = campaign.run(tally -> {});

        // Then
        assertThat(result.tally().histories()).isZero();
    }

    @Test
    void aHistoryThatCannotBePlayedIsReportedWithItsSeed() {
        // Given
        Campaign campaign = new Campaign(new Plan(8, 10, LONG, 1), seed -> {
            throw new IllegalStateException("no world");
        });

        // When / Then
        assertThatThrownBy(() -> campaign.run(tally -> {}))
                .hasMessageContaining("the history of seed 8 cannot be played");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome outcome(String count, boolean fails) {
        Counts counts = new Counts();
        counts.count(count);
        return new Outcome(fails ? new Finding("it holds", "it does not", 0) : null, 3, counts, List.of());
    }
}
