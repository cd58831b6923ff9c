package io.drawdown.simulator.campaign;

import io.drawdown.simulator.campaign.Campaign.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SimulationOptionsTest {

    @Test
    void thereAreAThousandHistoriesByDefault() {
        // Given
        SimulationOptions order = SimulationOptions.parse();

        // When
        Plan plan = order.plan(5);

        // Then
        assertThat(order.isOne()).isFalse();
        assertThat(order.steps()).isEqualTo(240);
        assertThat(plan.firstSeed()).isEqualTo(5);
        assertThat(plan.histories()).isEqualTo(1_000);
    }

    @Test
    void aSeedAloneMeansOneHistory() {
        // Given
        SimulationOptions order = SimulationOptions.parse("--seed", "12", "--steps", "30");

        // When
        boolean isOne = order.isOne();

        // Then
        assertThat(isOne).isTrue();
        assertThat(order.repeat(12)).isEqualTo("./drawdown simulate --seed 12 --steps 30");
    }

    @Test
    void minutesAloneBoundTheNumberOfHistories() {
        // Given
        SimulationOptions order = SimulationOptions.parse("--seed", "12", "--minutes", "3");

        // When
        Plan plan = order.plan(12);

        // Then
        assertThat(order.isOne()).isFalse();
        assertThat(plan.limit()).isEqualTo(Duration.ofMinutes(3));
        assertThat(plan.histories()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--fly 1",
                "--seed",
                "--seed x",
                "--histories 0",
                "--steps -1",
                "--save /no/such/folder/found.txt",
                "--save /"
            })
    void mistakeIsRefused(String line) {
        // Given
        String[] arguments = line.split(" ");

        // When / Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulationOptions.parse(arguments))
                .withMessageNotContaining("For input string");
    }
}
