package io.drawdown.kit.json;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Times as RFC 3339 has them: of the years 0000 to 9999. Java reads others too, which no database can store. */
public final class Rfc3339 {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Rfc3339() {}

    /** @throws DateTimeParseException if it is none */
    public static Instant parse(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new DateTimeParseException("not of the years 0000 to 9999", text, 0);
        }
        return time;
    }
}
