package io.drawdown.simulator.plants;

import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each known bug, planted alone, breaks one of the general invariants within a thousand histories. */
@Execution(ExecutionMode.CONCURRENT)
class EveryPlantIsFoundTest {

    private static final long FIRST_SEED = 1;
    private static final long HISTORIES = 1_000;
    private static final int MEAN_STEPS = 240;

    static Stream<Plant> plants() {
        String only = System.getProperty("plant", "");
        return Plants.all().stream().filter(plant -> plant.name().contains(only));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plants")
    void isFoundWithinAThousandHistories(Plant plant) {
        // When
        Object found = Overlay.with(plant).run(Hunt.class.getName(), "run", FIRST_SEED, HISTORIES, MEAN_STEPS);
        // Then
        System.out.println(plant.name() + ": " + found);
        assertThat(found).as(plant.name()).isNotEqualTo("not found");
    }
}
