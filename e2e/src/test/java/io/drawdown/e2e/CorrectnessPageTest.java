package io.drawdown.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page on correctness lists exactly the invariants and seeded bugs of the simulator, in the same words. */
class CorrectnessPageTest {

    private static final Path SIMULATOR = Suite.ROOT.resolve("simulator");
    private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")+)\"";
    private static final Pattern INVARIANT =
            Pattern.compile("(?:expect\\([^\";]+?,|String (?:TRUE|LIMIT|NOTHING_BEGUN|RESTED) =)\\s*" + TEXT);
    private static final Pattern SEEDED = Pattern.compile(
            "(?:SeededBug\\.of|SeededBug\\.ofTasks|SeededBug\\.ofBilling|new SeededBug)\\(\\s*(?:Scene\\.[A-Z]+,\\s*)?"
                    + TEXT);
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([^|\\n]+) \\|");
    private static final Pattern EMPHASIS = Pattern.compile("\\*([a-z][^*\\n]+)\\*");
    private static final Pattern FIGURE = Pattern.compile("(?m)^\\| ([^|\\n]+) \\| (\\d+) \\| \\*([^*\\n]+)\\* \\|$");

    private final String page = read(Suite.ROOT.resolve("docs/correctness.md"));

    @Test
    void thePageListsEveryInvariantAndNoOther() throws IOException {
        // Given
        Set<String> checked = texts("src/main", ".java", INVARIANT);
        // When
        Set<String> stated = FIRST_CELL
                .matcher(page)
                .results()
                .flatMap(cell -> EMPHASIS.matcher(cell.group(1)).results())
                .map(words -> words.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        // Then
        assertThat(checked).hasSizeGreaterThan(40);
        assertThat(stated).isEqualTo(checked);
    }

    @Test
    void thePageListsEverySeededBugWithTheInvariantThatFindsIt() throws IOException {
        // Given
        Set<String> seeded = texts("src/test", "Bugs.java", SEEDED);
        Set<String> checked = texts("src/main", ".java", INVARIANT);
        // When
        Set<String> stated = figures(1);
        // Then
        assertThat(stated).isEqualTo(seeded);
        assertThat(checked).containsAll(figures(3));
    }

    private Set<String> figures(int group) {
        return FIGURE.matcher(page)
                .results()
                .map(row -> row.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(String folder, String ending, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SIMULATOR.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(CorrectnessPageTest::read)
                    .flatMap(source -> pattern.matcher(source).results())
                    .map(CorrectnessPageTest::text)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(MatchResult found) {
        return found.group(1).replaceAll("\"\\s*\\+\\s*\"", "").translateEscapes();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
