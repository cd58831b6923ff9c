package io.drawdown.kit.logging;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.formatters.StructuredFormatter;

/**
 * The last line of defence behind the rule that nobody logs what a client sent. It replaces tokens, indents every
 * line of a record but the first, and escapes control characters. A client that puts CR LF and a made-up line into a
 * header only gets an indented line inside our record. JSON escapes control characters itself, and is one line as it is.
 */
final class SanitizingFormatter extends Formatter {

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R(?=.)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t\\r\u001B]]");

    private final Formatter lines;

    SanitizingFormatter(Formatter lines) {
        this.lines = lines;
    }

    @Override
    public String format(LogRecord event) {
        String text = lines.format(event);
        return lines instanceof StructuredFormatter ? untokened(text) : safe(text);
    }

    private static String untokened(String text) {
        return TOKEN.matcher(text).replaceAll("[token]");
    }

    static String safe(String text) {
        String indented = LINE_BREAK.matcher(untokened(text)).replaceAll(found -> System.lineSeparator() + "\t");
        return CONTROL.matcher(indented)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    @Override
    public String getHead(Handler handler) {
        return lines.getHead(handler);
    }

    @Override
    public String getTail(Handler handler) {
        return lines.getTail(handler);
    }
}
