package io.drawdown.billing.run;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetTest {

    private static final Budget STANDARD =
            new Budget(Duration.ofSeconds(300), Duration.ofSeconds(30), Duration.ofSeconds(10));

    @ParameterizedTest
    @CsvSource({
        "0, 0, 270",
        "0, 3, 240",
        "100, 1, 160",
        "250, 1, 10",
        "260, 1, 5",
        "260, 4, 2",
        "270, 0, 0",
        "290, 2, 0",
        "900, 0, 0"
    })
    void processMayUseWhatIsLeftButTheLeastSharesOfThoseBehind(int used, int behind, int share) {
        assertThat(STANDARD.share(Duration.ofSeconds(used), behind)).isEqualTo(Duration.ofSeconds(share));
    }

    @Test
    void marginOfAShortBudgetIsAQuarterOfIt() {
        // When
        Budget budget = new Budget(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(10));
        // Then
        assertThat(budget.share(Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void shareIsNeverNegativeAndSharesNeverExceedWhatIsLeft() {
        for (int used = 0; used < 400; used += 7) {
            for (int behind = 0; behind < 60; behind++) {
                // When
                Duration share = STANDARD.share(Duration.ofSeconds(used), behind);
                // Then
                assertThat(share).isBetween(Duration.ZERO, STANDARD.left(Duration.ofSeconds(used)));
            }
        }
    }
}
