package io.drawdown.simulator.plants;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every plant fits the sources as they are. */
class PlantsTest {

    static List<Plant> plants() {
        return Plants.all();
    }

    @ParameterizedTest
    @MethodSource("plants")
    void everyPlantCompiles(Plant plant) {
        // When
        Overlay overlay = Overlay.with(plant);
        // Then: each edited class is one of the changed ones, and loads
        for (Edit edit : plant.edits()) {
            assertThat(overlay.type(edit.className()).getName()).isEqualTo(edit.className());
            assertThat(overlay.isPlanted(edit.className())).isTrue();
        }
    }

    @Test
    void noTwoPlantsHaveOneName() {
        // When
        List<String> names = Plants.all().stream().map(Plant::name).toList();
        // Then
        assertThat(names).doesNotHaveDuplicates();
    }
}
