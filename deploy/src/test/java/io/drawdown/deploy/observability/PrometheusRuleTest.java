package io.drawdown.deploy.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The object that the Prometheus operator reads has the rules of {@code deploy/alerts}. With {@code -Ddrawdown.rules.write=true} the
 * test writes it.
 */
class PrometheusRuleTest {

    private static final Path FILE = Queries.ROOT.resolve("deploy/components/monitoring/prometheus-rules.yaml");
    private static final String HEAD = """
            # Made of deploy/alerts by PrometheusRuleTest with -Ddrawdown.rules.write=true; change it there.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: drawdown
              labels: {app.kubernetes.io/part-of: drawdown}
            spec:
              groups:
            """;

    @Test
    void theOperatorReadsTheSameRules() throws IOException {
        // Given
        String expected = HEAD
                + Queries.files(Queries.ALERTS, ".yml").stream()
                        .map(Queries::read)
                        .flatMap(rules -> rules.substring(rules.indexOf("\ngroups:\n") + "\ngroups:\n".length())
                                .lines())
                        .map(line -> line.isEmpty() ? line : "  " + line)
                        .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("drawdown.rules.write")) {
            Files.writeString(FILE, expected);
        }

        // Then
        assertThat(Queries.read(FILE)).isEqualTo(expected);
    }
}
