package io.drawdown.bench.report;

import java.util.Locale;

/** Text and elements of a page. */
final class Markup {

    private final StringBuilder text = new StringBuilder();

    static String escape(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** @param form as of {@link String#format}; texts among the values are escaped */
    @SuppressWarnings("AnnotateFormatMethod") // The annotation is Error Prone's own.
    Markup add(String form, Object... values) {
        Object[] escaped = new Object[values.length];
        for (int each = 0; each < values.length; each++) {
            escaped[each] = values[each] instanceof String plain ? escape(plain) : values[each];
        }
        text.append(String.format(Locale.ROOT, form, escaped)).append('\n');
        return this;
    }

    /** What is markup already, or a style sheet. */
    Markup raw(String inner) {
        text.append(inner);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
