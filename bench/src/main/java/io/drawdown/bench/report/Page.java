package io.drawdown.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The results of a run as one HTML file: charts and tables. It has no script, and it loads nothing. */
final class Page {

    private static final int FEWEST_BARS = 2;

    private final Results results;
    private final @Nullable Results earlier;
    private final @Nullable Comparison comparison;
    private final Markup markup = new Markup();

    private Page(Results results, @Nullable Results earlier) {
        this.results = results;
        this.earlier = earlier;
        comparison = earlier == null ? null : Comparison.of(earlier, results);
    }

    /** @param earlier what they are compared with, if anything */
    static String of(Results results, @Nullable Results earlier) {
        return new Page(results, earlier).whole();
    }

    private String whole() {
        markup.add("<!doctype html>")
                .add("<html lang=\"en\">")
                .add("<head>")
                .add("<meta charset=\"utf-8\"/>")
                .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
                .add("<title>Drawdown bench: %s, %s</title>", results.suite(), results.at())
                .add("<style>")
                .raw(style())
                .add("</style>")
                .add("</head>")
                .add("<body>")
                .add("<h1>Drawdown bench: %s</h1>", results.suite());
        results.head().forEach(line -> markup.add("<p class=\"meta\">%s</p>", line));
        if (earlier != null) {
            markup.add(
                    "<p class=\"meta\">compared with the run of %s; %s. Grey bars and dashed lines are that run.</p>",
                    earlier.at(), earlier.versions().described());
        }
        Map<String, List<Figure>> sections = results.figures().stream()
                .collect(Collectors.groupingBy(Figure::section, LinkedHashMap::new, Collectors.toList()));
        sections.forEach(this::section);
        return markup.add("</body>").add("</html>").toString();
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void section(String title, List<Figure> figures) {
        markup.add("<h2>%s</h2>", title);
        Map<String, List<Figure>> rated = figures.stream()
                .filter(figure -> RatedName.parse(figure.name()).isPresent())
                .collect(Collectors.groupingBy(
                        figure -> RatedName.parse(figure.name()).orElseThrow().operation(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        rated.forEach((operation, percentiles) -> {
            markup.add("<h3>Latency of a %s over its rate</h3>", operation);
            markup.raw(new LineChart(comparison, percentiles).draw("latency of " + operation));
        });
        Map<String, List<Figure>> byUnit = figures.stream()
                .filter(figure -> RatedName.parse(figure.name()).isEmpty())
                .collect(Collectors.groupingBy(Figure::unit, LinkedHashMap::new, Collectors.toList()));
        byUnit.values().stream()
                .filter(bars -> bars.size() >= FEWEST_BARS)
                .forEach(bars -> markup.raw(new BarChart(comparison).draw(title, bars)));
        table(figures);
    }

    private void table(List<Figure> figures) {
        markup.add("<table>");
        markup.add(
                comparison == null
                        ? "<tr><th>what</th><th>measured</th></tr>"
                        : "<tr><th>what</th><th>before</th><th>after</th><th>ratio</th><th></th></tr>");
        figures.forEach(this::row);
        markup.add("</table>");
    }

    private void row(Figure figure) {
        Comparison.Row row = comparison == null ? null : comparison.row(figure);
        if (comparison == null) {
            markup.add("<tr><td>%s</td><td>%s %s</td></tr>", figure.name(), figure.shown(), figure.unit());
        } else if (row == null) {
            markup.add(
                    "<tr><td>%s</td><td>-</td><td>%s %s</td><td></td><td></td></tr>",
                    figure.name(), figure.shown(), figure.unit());
        } else {
            String verdict = row.verdict().word();
            markup.add(
                    "<tr><td>%s</td><td>%s</td><td>%s %s</td><td>%s</td><td class=\"%s\">%s</td></tr>",
                    figure.name(),
                    row.before().shown(),
                    figure.shown(),
                    figure.unit(),
                    row.shownRatio(),
                    verdict,
                    verdict);
        }
    }
}
