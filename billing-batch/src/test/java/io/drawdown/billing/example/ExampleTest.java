package io.drawdown.billing.example;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.Requests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The process of the README is this one, and it runs. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
class ExampleTest {

    private static final Path SOURCE = Path.of("src/test/java/io/drawdown/billing/example/Welcomes.java");

    @Inject
    Mailer mailer;

    @Test
    void readmeShowsTheProcessThatIsTestedHere() throws IOException {
        // Given
        String readme = Files.readString(Path.of("README.md"));
        String shown = readme.substring(readme.indexOf("```java") + 7);
        // When
        String example = shown.substring(0, shown.indexOf("```"));
        // Then
        assertThat(bare(Files.readString(SOURCE))).contains(bare(example));
        assertThat(example.strip().lines().count()).isLessThanOrEqualTo(14);
    }

    /** Without what the README leaves out: annotations that repeat, fields, the constructor, and line ends. */
    private static String bare(String java) {
        return java.replaceAll("//.*", "")
                .replaceAll("@Override", "")
                .replaceAll("(?s)private final Guests.*?this\\.mailer = mailer;\\s*}", "")
                .replaceAll("\\s+", "");
    }

    @Test
    void itIsFoundAndRuns() {
        // When
        var answer = Requests.worker("{\"processes\":[\"welcomes\"]}")
                .then()
                .statusCode(200)
                .extract();
        // Then
        assertThat(answer.<String>path("results.welcomes.state")).isEqualTo("completed");
        assertThat(answer.<Integer>path("results.welcomes.processed_count")).isEqualTo(3);
        assertThat(mailer.keys()).containsExactly("welcome:ada", "welcome:bob", "welcome:cleo");
    }
}
