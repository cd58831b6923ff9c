package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Failure;
import io.drawdown.simulator.campaign.Campaign.Plan;
import io.drawdown.simulator.campaign.Campaign.Result;
import io.drawdown.simulator.campaign.Campaign.Tally;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** In thousands of histories of each scene no invariant breaks, and everything that must occur does occur. */
class SimulatorTest {

    private static final int MEAN_STEPS = SimulationOptions.USUAL_STEPS;

    @ParameterizedTest
    @CsvSource({"credits, 2000", "tasks, 2000", "billing, 200"})
    void everyInvariantHoldsInManyHistories(String name, int histories) throws InterruptedException, IOException {
        // Given
        Scene scene = Scene.of(name);
        Plan plan = new Plan(
                1, histories, Duration.ofMinutes(30), Runtime.getRuntime().availableProcessors());

        // When
        Result result = new Campaign(plan, scene, MEAN_STEPS).run(tally -> {});

        // Then
        Tally tally = result.tally();
        List<String> table = Summary.of(scene, tally);
        table.forEach(System.out::println);
        Files.write(Path.of("target", "simulation-" + name + ".txt"), table);
        assertThat(result.failure().map(failure -> report(scene, failure))).isEmpty();
        assertThat(tally.histories()).isEqualTo(histories);
        assertThat(tally.steps() / tally.histories()).isGreaterThanOrEqualTo(200);
        assertThat(Coverage.missing(scene, tally.counts(), tally.steps())).isEmpty();
    }

    private static String report(Scene scene, Failure failure) {
        SimulationOptions order =
                SimulationOptions.parse("--scene", scene.label(), "--seed", Long.toString(failure.seed()));
        Script script = Script.of(scene, failure.seed(), MEAN_STEPS);
        Report report = Report.of(script, failure.finding(), order.repeat(failure.seed()), false);
        return String.join("\n", report.lines());
    }
}
