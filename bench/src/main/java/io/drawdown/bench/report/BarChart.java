package io.drawdown.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bars of figures of one unit, with those of an earlier run below them. */
final class BarChart {

    private static final int WIDTH = 720;
    private static final int LONGEST = 600;
    private static final int ROW = 36;
    private static final int BAR = 10;

    private final @Nullable Comparison comparison;

    BarChart(@Nullable Comparison comparison) {
        this.comparison = comparison;
    }

    String draw(String title, List<Figure> figures) {
        int height = ROW * figures.size() + 4;
        double most = figures.stream()
                .mapToDouble(figure -> Math.max(figure.value(), before(figure)))
                .max()
                .orElse(0);
        Markup svg =
                new Markup().add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, height, title);
        int top = 0;
        for (Figure figure : figures) {
            bars(svg, figure, top, most);
            top += ROW;
        }
        return svg.add("</svg>").toString();
    }

    private void bars(Markup svg, Figure figure, int top, double most) {
        svg.add("<text x=\"0\" y=\"%d\">%s</text>", top + 12, figure.name());
        double length = length(figure.value(), most);
        svg.add(
                "<rect class=\"after\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                top + 17, length, BAR);
        svg.add(
                "<text class=\"value\" x=\"%.1f\" y=\"%d\">%s %s</text>",
                length + 6, top + 26, figure.shown(), figure.unit());
        double before = before(figure);
        if (before > 0) {
            svg.add(
                    "<rect class=\"before\" x=\"0\" y=\"%d\" width=\"%.1f\" height=\"4\" rx=\"1\"><title>before: %s</title></rect>",
                    top + 17 + BAR + 1, length(before, most), Figure.shown(before));
        }
    }

    private static double length(double value, double most) {
        return most <= 0 ? 0 : Math.max(1, LONGEST * Math.max(0, value) / most);
    }

    private double before(Figure figure) {
        Comparison.Row row = comparison == null ? null : comparison.row(figure);
        return row == null ? 0 : row.before().value();
    }
}
