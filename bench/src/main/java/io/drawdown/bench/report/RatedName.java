package io.drawdown.bench.report;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a percentile that was measured at a fixed rate. A chart finds in it where the figure belongs.
 *
 * @param operation what arrived at that rate
 * @param percentile e.g. {@code p99}
 */
record RatedName(String operation, int perSecond, String percentile) {

    private static final Pattern FORM = Pattern.compile("(.+) at (\\d+) op/s, (p\\d+)");

    /** Empty if the figure is no such percentile. */
    static Optional<RatedName> parse(String figure) {
        Matcher found = FORM.matcher(figure);
        return found.matches()
                ? Optional.of(new RatedName(found.group(1), Integer.parseInt(found.group(2)), found.group(3)))
                : Optional.empty();
    }

    /** What all percentiles of one load begin with. */
    static String load(String operation, int perSecond) {
        return String.format(Locale.ROOT, "%s at %d op/s", operation, perSecond);
    }
}
