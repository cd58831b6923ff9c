package io.drawdown.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProblemsPageTest {

    private static final String PROBLEMS = "# Problems";
    private static final String END_REASONS = "## End reasons";

    @Test
    void thePageListsEveryProblemWithItsStatusAndWhatToDo() throws IOException {
        // When
        List<String[]> rows = rowsBelow(PROBLEMS);
        // Then
        assertThat(rows.stream().map(row -> row[1] + " " + row[2]))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> "`" + type.slug() + "` " + type.status())
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row[3]).as("when " + row[1]).isNotBlank();
            assertThat(row[4]).as("what to do about " + row[1]).isNotBlank();
        });
    }

    @Test
    void thePageListsEveryEndReasonWithItsCloseCodeAndWhatToDo() throws IOException {
        // When
        List<String[]> rows = rowsBelow(END_REASONS);
        // Then
        assertThat(rows.stream().map(row -> row[1] + " " + row[2]))
                .containsExactlyElementsOf(Arrays.stream(EndReason.values())
                        .map(reason -> Wire.write(reason).replace('"', '`') + " " + reason.closeCode())
                        .toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row[3]).as("when " + row[1]).isNotBlank();
            assertThat(row[4]).as("what to do after " + row[1]).isNotBlank();
        });
    }

    private static List<String[]> rowsBelow(String heading) throws IOException {
        return Files.readAllLines(Path.of("../docs/problems.md")).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .toList();
    }

    @Test
    void everyProblemIsReadBackFromItsUrn() throws IOException {
        for (ProblemType type : ProblemType.values()) {
            assertThat(Wire.read(Wire.write(type), ProblemType.class)).isEqualTo(type);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ProblemType.ofUrn("urn:drawdown:problem:nothing"));
    }

    @Test
    void onlyProblemsOfStatus429And503AreRetryable() {
        assertThat(Arrays.stream(ProblemType.values()).filter(ProblemType::isRetryable))
                .containsExactly(
                        ProblemType.TOO_MANY_GRANTS,
                        ProblemType.TOO_MANY_HOLDS,
                        ProblemType.TOO_MANY_SESSIONS,
                        ProblemType.RATE_LIMITED,
                        ProblemType.ACCOUNT_BACKLOGGED,
                        ProblemType.QUEUE_FULL,
                        ProblemType.UNAVAILABLE,
                        ProblemType.OUTCOME_UNKNOWN,
                        ProblemType.NOT_CONFIGURED,
                        ProblemType.ACCOUNT_BUSY,
                        ProblemType.TASK_BUSY);
    }
}
