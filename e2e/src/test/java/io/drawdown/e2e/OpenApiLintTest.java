package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The OpenAPI descriptions pass Redocly's recommended rules without a warning. {@code npm ci} fetches the linter. Without
 * Node.js the test is skipped and says so; in continuous integration it fails.
 */
class OpenApiLintTest {

    private static final Path SOURCE = Path.of("redocly");
    private static final Path HOME = Path.of("target/redocly");
    private static final String RECENT =
            "const [a, b] = process.versions.node.split('.'); process.exit(a > 22 || a == 22 && b >= 12 || a == 20 && b >= 19 ? 0 : 1)";
    private static final String MISSING =
            "the OpenAPI descriptions were not linted: npm and Node.js 20.19 or newer (22.12 or newer above 20) are not on the PATH";

    @BeforeAll
    static void fetchTheLinter() throws IOException {
        requireNode();
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json", "redocly.yaml")) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @ParameterizedTest
    @ValueSource(strings = {"credits-service", "session-service", "checkpoint-worker", "task-service", "billing-batch"})
    void theDescriptionPassesTheRecommendedRulesWithoutAWarning(String service) throws IOException {
        // When
        String report = run(
                "node",
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                "--config=redocly.yaml",
                "--format=json",
                Suite.ROOT.resolve("docs/openapi/" + service + ".yaml").toString());
        // Then
        JsonNode found = new ObjectMapper().readTree(report);
        assertThat(found.path("problems").isArray()).as(report).isTrue();
        assertThat(found.path("problems")).as(report).isEmpty();
    }

    private static void requireNode() {
        if (succeeds("node", "-e", RECENT) && succeeds("npm", "--version")) {
            return;
        }
        if (System.getenv("CI") != null) {
            throw new AssertionError(MISSING);
        }
        System.err.println("WARNING: " + MISSING);
        abort(MISSING);
    }

    private static boolean succeeds(String... command) {
        try {
            return process(command).waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(String... command) throws IOException {
        Process process = process(command);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as(String.join(" ", command))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return printed;
    }

    private static Process process(String... command) throws IOException {
        Files.createDirectories(HOME);
        ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
        builder.redirectError(HOME.resolve("errors.txt").toFile());
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        return builder.start();
    }
}
