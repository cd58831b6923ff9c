package io.drawdown.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * One number that was measured.
 *
 * @param section what was measured with it
 * @param name unique within its section
 * @param wanted whether more of it is better
 */
public record Figure(String section, String name, double value, String unit, Wanted wanted) {

    /** What makes the number better. */
    public enum Wanted {
        @JsonProperty("more")
        MORE,
        @JsonProperty("less")
        LESS,
        /** Neither: it was chosen, or only explains others. */
        @JsonProperty("neither")
        NEITHER
    }

    boolean isSameAs(Figure other) {
        return section.equals(other.section) && name.equals(other.name);
    }

    /** The value with three significant digits, as far as they are not zeros before the point. */
    String shown() {
        return shown(value);
    }

    static String shown(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
