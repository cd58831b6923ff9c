package io.drawdown.bench.report;

import io.drawdown.bench.report.Comparison.Verdict;
import io.drawdown.bench.report.Figure.Wanted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    @Test
    void moreIsBetterOnlyWhereMoreIsWanted() {
        assertThat(verdict(100, 200, Wanted.MORE)).isEqualTo(Verdict.BETTER);
        assertThat(verdict(100, 200, Wanted.LESS)).isEqualTo(Verdict.WORSE);
        assertThat(verdict(200, 100, Wanted.MORE)).isEqualTo(Verdict.WORSE);
        assertThat(verdict(200, 100, Wanted.LESS)).isEqualTo(Verdict.BETTER);
    }

    @Test
    void noiseAndWhatIsOnlyToldAreNotJudged() {
        assertThat(verdict(100, 104, Wanted.MORE)).isEqualTo(Verdict.NONE);
        assertThat(verdict(0, 0, Wanted.LESS)).isEqualTo(Verdict.NONE);
        assertThat(verdict(100, 300, Wanted.NEITHER)).isEqualTo(Verdict.NONE);
    }

    @Test
    void nothingDividesByZero() {
        assertThat(row(0, 5, Wanted.LESS).ratio()).isEmpty();
        assertThat(row(4, 5, Wanted.LESS).ratio()).contains(1.25);
    }

    private static Verdict verdict(double before, double after, Wanted wanted) {
        return row(before, after, wanted).verdict();
    }

    private static Comparison.Row row(double before, double after, Wanted wanted) {
        return new Comparison.Row(
                new Figure("section", "name", before, "ms", wanted),
                new Figure("section", "name", after, "ms", wanted));
    }
}
