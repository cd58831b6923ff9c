package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Failure;
import io.drawdown.simulator.campaign.Campaign.Plan;
import io.drawdown.simulator.campaign.Campaign.Result;
import io.drawdown.simulator.campaign.Campaign.Tally;
import io.drawdown.simulator.history.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** In ten thousand histories no invariant breaks, and everything that must occur does occur. */
class SimulatorTest {

    private static final int HISTORIES = 10_000;
    private static final int MEAN_STEPS = SimulationOptions.USUAL_STEPS;

    @Test
    void everyInvariantHoldsInTenThousandHistories() throws InterruptedException, IOException {
        // Given
        Plan plan = new Plan(
                1, HISTORIES, Duration.ofMinutes(30), Runtime.getRuntime().availableProcessors());

        // When
        Result result = new Campaign(plan, MEAN_STEPS).run(tally -> {});

        // Then
        Tally tally = result.tally();
        List<String> table = Summary.of(tally);
        table.forEach(System.out::println);
        Files.write(Path.of("target", "simulation.txt"), table);
        assertThat(result.failure().map(SimulatorTest::report)).isEmpty();
        assertThat(tally.histories()).isEqualTo(HISTORIES);
        assertThat(tally.steps() / tally.histories()).isGreaterThanOrEqualTo(200);
        assertThat(Coverage.missing(tally.counts(), tally.steps())).isEmpty();
    }

    private static String report(Failure failure) {
        SimulationOptions order = SimulationOptions.parse("--seed", Long.toString(failure.seed()));
        Report report = Report.of(
                Script.of(failure.seed(), MEAN_STEPS), failure.finding(), order.repeat(failure.seed()), false);
        return String.join("\n", report.lines());
    }
}
