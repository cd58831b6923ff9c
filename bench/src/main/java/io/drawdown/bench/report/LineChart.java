package io.drawdown.bench.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Percentiles of a latency over the rate of arrivals, both logarithmic; those of an earlier run are dashed. */
final class LineChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 60;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;

    /** A latency below it is drawn at it, since zero has no logarithm. */
    private static final double LEAST_MILLIS = 0.01;

    private static final List<Double> STEPS = List.of(1.0, 2.0, 5.0);

    private final @Nullable Comparison comparison;
    private final List<Point> points;
    private final Axis rates;
    private final Axis millis;

    /** @param before of an earlier run; null if it has none */
    private record Point(
            RatedName name, double after, @Nullable Double before) {}

    LineChart(@Nullable Comparison comparison, List<Figure> figures) {
        this.comparison = comparison;
        points = figures.stream()
                .flatMap(figure -> RatedName.parse(figure.name()).map(name -> point(name, figure)).stream())
                .sorted(Comparator.comparing(point -> point.name().perSecond()))
                .toList();
        rates = Axis.of(points.stream().map(point -> (double) point.name().perSecond()), LEFT, WIDTH - RIGHT);
        millis = Axis.of(
                points.stream()
                        .flatMap(point ->
                                Stream.of(point.after(), point.before() == null ? point.after() : point.before())),
                HEIGHT - BOTTOM,
                TOP);
    }

    private Point point(RatedName name, Figure figure) {
        Comparison.Row row = comparison == null ? null : comparison.row(figure);
        return new Point(name, figure.value(), row == null ? null : row.before().value());
    }

    String draw(String title) {
        Markup svg =
                new Markup().add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, title);
        grid(svg);
        Map<String, List<Point>> lines = points.stream()
                .collect(Collectors.groupingBy(point -> point.name().percentile(), TreeMap::new, Collectors.toList()));
        lines.forEach((percentile, line) -> line(svg, percentile, line));
        return svg.add("</svg>").toString();
    }

    private void grid(Markup svg) {
        for (double tick : millis.ticks()) {
            double y = millis.at(tick);
            svg.add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            svg.add(
                    "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s ms</text>",
                    LEFT - 8, y + 4, plain(tick));
        }
        points.stream()
                .map(point -> point.name().perSecond())
                .distinct()
                .forEach(rate -> svg.add(
                        "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
                        rates.at(rate), HEIGHT - BOTTOM + 18, rate));
        svg.add(
                "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">arrivals per second</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6);
    }

    private void line(Markup svg, String percentile, List<Point> line) {
        if (line.stream().allMatch(point -> point.before() != null)) {
            path(svg, percentile + " earlier", line, point -> point.before() == null ? 0 : point.before());
        }
        path(svg, percentile, line, Point::after);
        for (Point point : line) {
            svg.add(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s</title></circle>",
                    percentile, rates.at(point.name().perSecond()), millis.at(point.after()), told(point));
        }
        Point last = line.getLast();
        svg.add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                percentile, rates.at(last.name().perSecond()) + 10, millis.at(last.after()) + 4, percentile);
    }

    private void path(Markup svg, String kind, List<Point> line, ToDoubleFunction<Point> value) {
        String corners = line.stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        rates.at(point.name().perSecond()),
                        millis.at(value.applyAsDouble(point))))
                .collect(Collectors.joining(" "));
        svg.add("<polyline class=\"%s\" points=\"%s\"/>", kind, corners);
    }

    private static String told(Point point) {
        String now = point.name().percentile() + " at " + point.name().perSecond() + "/s: "
                + Figure.shown(point.after()) + " ms";
        return point.before() == null ? now : now + ", before " + Figure.shown(point.before()) + " ms";
    }

    private static String plain(double tick) {
        return BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
    }

    /** A logarithmic axis between two places. */
    private record Axis(double least, double most, double from, double to) {

        static Axis of(Stream<Double> values, double from, double to) {
            List<Double> all =
                    values.map(value -> Math.max(LEAST_MILLIS, value)).sorted().toList();
            double least = floor(all.getFirst());
            return new Axis(least, Math.max(2 * least, all.getLast()), from, to);
        }

        /** The greatest tick that is not above it. */
        private static double floor(double value) {
            double decade = Math.pow(10, Math.floor(Math.log10(value)));
            return STEPS.reversed().stream()
                    .map(step -> step * decade)
                    .filter(tick -> tick <= value)
                    .findFirst()
                    .orElse(decade);
        }

        double at(double value) {
            double share = Math.log(Math.max(least, value) / least) / Math.log(most / least);
            return from + share * (to - from);
        }

        List<Double> ticks() {
            return Stream.iterate(
                            Math.pow(10, Math.floor(Math.log10(least))),
                            decade -> decade <= most,
                            decade -> decade * 10)
                    .flatMap(decade -> STEPS.stream().map(step -> step * decade))
                    .filter(tick -> tick >= least * 0.999 && tick <= most)
                    .toList();
        }
    }
}
