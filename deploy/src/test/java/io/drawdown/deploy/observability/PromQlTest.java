package io.drawdown.deploy.observability;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PromQlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    up | up[]
                    rate(a_total[5m]) | a_total[]
                    sum by (job, instance) (rate(a_total{job="x",status=~"5.."}[5m])) | a_total[job, status]
                    sum(rate(a_total[5m])) by (le) / ignoring(le) group_left b_count | a_total[] b_count[]
                    max_over_time(sum(a)[6h:1m]) offset 5m > bool 1.5e3 | a[]
                    drawdown:a:ratio5m > 14.4 * 0.001 and b unless c or vector(0) | drawdown:a:ratio5m[] b[] c[]
                    absent(up{job="not_a_metric (or)"}) or -a | up[job] a[]
                    histogram_quantile(0.99, sum by (le) (rate(a_bucket[5m]))) | a_bucket[]
                    label_replace(a, "b", "$1", "c", "d(.*)") * on (e) group_right (f) g | a[] g[]
                    """)
    void aQueryAsksForTheseMetrics(String query, String expected) {
        // When
        String asked = PromQl.of(query).selectors().stream()
                .map(selector -> selector.metric() + selector.labels())
                .collect(Collectors.joining(" "));

        // Then
        assertThat(asked).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum by (type, lane) (a) | type,lane
                    sum(a) by (job) * on (instance) b | job,instance
                    """)
    void aQueryGroupsByTheseLabels(String query, String expected) {
        assertThat(PromQl.of(query).grouping()).containsExactlyInAnyOrder(expected.split(","));
    }
}
