package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.Act;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CoverageTest {

    private static final long STEPS = 10_000;

    @Test
    void nothingIsMissingIfEverythingOccurred() {
        // Given
        Counts counts = complete();

        // When
        List<String> missing = Coverage.missing(Scene.CREDITS, counts, STEPS);

        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void aFaultThatIsTooRareIsNamed() {
        // Given
        Counts counts = complete();
        counts.add("act CRASH", -1);
        counts.add("call LATE", -11);

        // When
        List<String> missing = Coverage.missing(Scene.CREDITS, counts, STEPS);

        // Then
        assertThat(missing).containsExactly("act CRASH: 99 of 10000 steps", "call LATE: 89 of 10000 steps");
    }

    @Test
    void anOutcomeThatNeverOccurredIsNamed() {
        // Given
        Counts counts = complete();
        counts.add("problem ACCOUNT_BUSY", -1);
        counts.add("end EXHAUSTED", -1);
        counts.add("close 4009 replaced", -1);
        counts.add("relay trim race lost", -1);

        // When
        List<String> missing = Coverage.missing(Scene.CREDITS, counts, STEPS);

        // Then
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "problem ACCOUNT_BUSY", "end EXHAUSTED", "close 4009 replaced", "relay trim race lost");
    }

    private static Counts complete() {
        Counts counts = new Counts();
        for (Act act : Scene.CREDITS.acts()) {
            if (act.isFault()) {
                counts.add("act " + act.name(), STEPS / 100);
            }
        }
        for (CallFault callFault : CallFault.values()) {
            counts.add("call " + callFault, STEPS / 100);
        }
        Coverage.outcomes(Scene.CREDITS).forEach(counts::count);
        return counts;
    }
}
