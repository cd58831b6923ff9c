package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that the invariants can fail: each known bug alone breaks one of them within a thousand histories, and the same
 * history breaks none without the bug.
 */
@Tag("seeded")
@Execution(ExecutionMode.CONCURRENT)
class EverySeededBugIsFoundTest {

    private static final long FIRST_SEED = 1;
    private static final long HISTORIES = 1_000;
    private static final int MEAN_STEPS = 240;

    static Stream<SeededBug> bugs() {
        return SeededBugs.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void isFoundWithinAThousandHistories(SeededBug bug) {
        // When
        String scene = bug.scene().label();
        String found = String.valueOf(
                Overlay.with(bug).run(Hunt.class.getName(), "run", scene, FIRST_SEED, HISTORIES, MEAN_STEPS));
        // Then
        System.out.println(bug.name() + ": " + found);
        assertThat(found).matches("\\d+ .+");
        long played = Long.parseLong(found.split(" ", 2)[0]);
        assertThat(Hunt.run(scene, FIRST_SEED + played - 1, 1, MEAN_STEPS)).isEqualTo(Hunt.NOTHING);
    }
}
