package io.drawdown.deploy.compose;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The stack of docker-compose.yml fits the code, and each check is seen to find a mistake. */
class ComposeTest {

    enum Check {
        SCHEMA(ComposeChecks::schema),
        REFERENCES(ComposeChecks::references),
        CONTAINERS(ComposeChecks::containers),
        VARIABLES(ComposeChecks::variables),
        CALLS(ComposeChecks::calls),
        EXAMPLE(ComposeChecks::example),
        PORTS(ComposeChecks::ports),
        SPANS(ComposeChecks::spans),
        TOPICS(ComposeChecks::topics),
        DATABASES(ComposeChecks::databases),
        MOUNTS(ComposeChecks::mounts);

        private final Function<ComposeChecks, List<String>> check;

        Check(Function<ComposeChecks, List<String>> check) {
            this.check = check;
        }

        List<String> findings(ComposeFile file) {
            return check.apply(new ComposeChecks(file));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStackFits(Check check) {
        // When
        List<String> findings = check.findings(ComposeFile.ofTheRoot());

        // Then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/compose/mistakes.csv", delimiter = '|', quoteCharacter = '`')
    void aMistakeIsFound(Check check, String file, String words, String wrong, String finding) {
        // Given
        String right = ComposeFile.ofTheRoot().text(file);
        assertThat(right).contains(words);

        // When
        List<String> findings = check.findings(new ComposeFile(Map.of(file, right.replace(words, wrong))));

        // Then
        assertThat(findings).anyMatch(found -> found.contains(finding));
    }
}
