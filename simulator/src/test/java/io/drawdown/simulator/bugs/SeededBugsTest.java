package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every seeded bug fits the sources as they are. */
@Tag("seeded")
class SeededBugsTest {

    static List<SeededBug> bugs() {
        return SeededBugs.all();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void everyBugCompiles(SeededBug bug) {
        // When
        Overlay overlay = Overlay.with(bug);
        // Then: each edited class is one of the changed ones, and loads
        for (Edit edit : bug.edits()) {
            assertThat(overlay.type(edit.className()).getName()).isEqualTo(edit.className());
            assertThat(overlay.isPatched(edit.className())).isTrue();
        }
    }

    @Test
    void everyBugHasAUniqueName() {
        // When
        List<String> names = SeededBugs.all().stream().map(SeededBug::name).toList();
        // Then
        assertThat(names).doesNotHaveDuplicates();
    }
}
