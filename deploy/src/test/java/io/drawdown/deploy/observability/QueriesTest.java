package io.drawdown.deploy.observability;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.deploy.observability.Queries.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Dashboards and rules ask for metrics that the services export. */
class QueriesTest {

    static Stream<Path> dashboards() {
        return Queries.files(Queries.DASHBOARDS, ".json").stream();
    }

    @Test
    void everyMetricIsExportedWithTheseLabels() {
        // When
        List<Query> queries = Queries.all();

        // Then
        assertThat(queries).hasSizeGreaterThan(100);
        assertThat(Queries.unknown(queries)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    sum(drawdown_sessions_alive) | nobody exports drawdown_sessions_alive
                    drawdown:credits_errors:ratio7d > 0.1 | nobody exports drawdown:credits_errors:ratio7d
                    drawdown_tasks_backlog{kind="http"} | drawdown_tasks_backlog has [instance, job, type], not [kind]
                    sum by (account) (drawdown_sessions_live) | groups by [account]
                    """)
    void aWrongNameIsFound(String query, String finding) {
        assertThat(Queries.unknown(List.of(new Query("planted", query)))).anyMatch(found -> found.contains(finding));
    }

    @Test
    void theListNamesNothingThatNobodyAsksFor() {
        // Given
        Set<String> asked = Queries.all().stream()
                .flatMap(query -> PromQl.of(query.text()).selectors().stream())
                .map(PromQl.Selector::metric)
                .collect(Collectors.toSet());

        // Then
        assertThat(asked).containsAll(Queries.exported().keySet());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardCanBeProvisioned(Path file) {
        // When
        JsonNode dashboard = Queries.json(file);

        // Then
        assertThat(dashboard.path("uid").asText())
                .isEqualTo("drawdown-" + file.getFileName().toString().replace(".json", ""));
        List<Integer> ids = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> {
            ids.add(panel.path("id").asInt());
            cells.add(panel.at("/gridPos/x") + "," + panel.at("/gridPos/y"));
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty();
        });
        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
        assertThat(cells).doesNotHaveDuplicates();
    }
}
