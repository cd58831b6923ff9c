package io.drawdown.bench.report;

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
        MORE,
        LESS,
        /** Neither: it was chosen, or only explains others. */
        NEITHER
    }

    boolean isSameAs(Figure other) {
        return section.equals(other.section) && name.equals(other.name);
    }

    /** The value with three significant digits, as far as they are not zeros before the point. */
    String shown() {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format("%,.0f", value);
        }
        return String.format(size >= 10 ? "%.1f" : "%.2f", value);
    }
}
