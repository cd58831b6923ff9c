package io.drawdown.bench.report;

import io.drawdown.bench.report.Figure.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run beside those of an earlier one.
 *
 * @param rows one for each figure that both have, in the order of the later run
 * @param onlyBefore figures that the later run has no more
 */
public record Comparison(List<Row> rows, List<Figure> onlyBefore) {

    /** Smaller differences are noise on most machines. */
    private static final double NOISE = 0.05;

    /** What a difference means. */
    enum Verdict {
        BETTER,
        WORSE,
        /** Within the noise, or nothing to be judged. */
        NONE;

        String word() {
            return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** One figure in both runs. */
    public record Row(Figure before, Figure after) {

        /** After divided by before; empty if that is no number. */
        Optional<Double> ratio() {
            return before.value() == 0 ? Optional.empty() : Optional.of(after.value() / before.value());
        }

        Verdict verdict() {
            double difference = after.value() - before.value();
            if (after.wanted() == Wanted.NEITHER || Math.abs(difference) <= NOISE * Math.abs(before.value())) {
                return Verdict.NONE;
            }
            return difference > 0 == (after.wanted() == Wanted.MORE) ? Verdict.BETTER : Verdict.WORSE;
        }

        String shownRatio() {
            return ratio().map(number -> String.format(Locale.ROOT, "%.2f", number))
                    .orElse("-");
        }
    }

    public static Comparison of(Results before, Results after) {
        List<Row> rows = new ArrayList<>();
        for (Figure figure : after.figures()) {
            Figure then = find(before, figure);
            if (then != null) {
                rows.add(new Row(then, figure));
            }
        }
        List<Figure> lost = before.figures().stream()
                .filter(figure -> find(after, figure) == null)
                .toList();
        return new Comparison(rows, lost);
    }

    private static @Nullable Figure find(Results in, Figure same) {
        return in.figures().stream().filter(same::isSameAs).findFirst().orElse(null);
    }

    /** The figure of the earlier run; null if it has none. */
    @Nullable
    Row row(Figure after) {
        return rows.stream()
                .filter(row -> row.after().equals(after))
                .findFirst()
                .orElse(null);
    }

    /** A table for a terminal, with a line for each section. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        String section = "";
        for (Row row : rows) {
            if (!row.after().section().equals(section)) {
                section = row.after().section();
                lines.add("");
                lines.add(String.format(Locale.ROOT, "%-62s %12s %12s %8s", section, "before", "after", "ratio"));
            }
            lines.add(String.format(
                            Locale.ROOT,
                            "  %-60s %12s %12s %8s  %s",
                            row.after().name(),
                            row.before().shown(),
                            row.after().shown(),
                            row.shownRatio(),
                            row.verdict().word())
                    .stripTrailing());
        }
        onlyBefore.forEach(figure -> lines.add("  only before: " + figure.section() + ": " + figure.name()));
        return lines;
    }
}
