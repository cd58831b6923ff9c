package io.drawdown.simulator.history;

import io.drawdown.simulator.history.History.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Scripts that once broke an invariant, as {@code ./drawdown simulate --save} saves them. */
class RegressionsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/regressions");

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptThatOnceBrokeAnInvariantNowHolds(Path file) throws IOException {
        // Given
        Script script = ScriptText.read(Files.readAllLines(file));

        // When
        Outcome outcome = History.of(script, true);

        // Then
        assertThat(outcome.finding())
                .as(() -> String.join("\n", outcome.lines()))
                .isNull();
    }
}
