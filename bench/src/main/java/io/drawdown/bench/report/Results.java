package io.drawdown.bench.report;

import java.util.List;

/**
 * All that one run found, as it is kept in its file. It holds no token and no password.
 *
 * @param suite what was measured
 * @param at when it began, in UTC, ISO 8601
 * @param servers the database and the broker
 */
public record Results(
        String suite,
        String at,
        Options options,
        Machine machine,
        Versions versions,
        String servers,
        List<Figure> figures) {

    public Results {
        figures = List.copyOf(figures);
    }

    /** What was asked for, besides the suite. */
    public record Options(long seconds, int rounds) {}

    /** The lines at the head of the table and of the page. */
    public List<String> head() {
        return List.of(
                "suite " + suite + ", " + options.seconds() + " s for each round of a load, rounds: " + options.rounds()
                        + ", " + at,
                machine.described(),
                versions.described(),
                servers);
    }
}
