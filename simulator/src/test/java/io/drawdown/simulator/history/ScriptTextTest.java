package io.drawdown.simulator.history;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScriptTextTest {

    @Test
    void aWrittenScriptIsReadBack() {
        // Given
        Script script = Script.of(Scene.CREDITS, -3, 240);

        // When
        Script read = ScriptText.read(ScriptText.write(script));

        // Then
        assertThat(read).isEqualTo(script);
    }

    @Test
    void commentLinesAreSkipped() {
        // Given
        List<String> lines = List.of("# a key has one effect", "seed 4", "", "CRASH -17 250000");

        // When
        Script read = ScriptText.read(lines);

        // Then
        assertThat(read).isEqualTo(new Script(Scene.CREDITS, 4, List.of(new Step(CreditsAct.CRASH, -17, 250_000))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRASH 1", "FLY 1 1", "CRASH one 1", "seed four"})
    void aWrongLineIsReported(String line) {
        // Given
        List<String> lines = List.of("seed 1", line);

        // When / Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptText.read(lines))
                .withMessageContaining(line);
    }
}
