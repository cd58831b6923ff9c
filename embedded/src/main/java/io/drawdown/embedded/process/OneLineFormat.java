package io.drawdown.embedded.process;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each event of a server's log, with the causes of a failure instead of its stack trace. */
public final class OneLineFormat extends Formatter {

    public static void install(Logger root) {
        for (Handler handler : root.getHandlers()) {
            handler.setFormatter(new OneLineFormat());
        }
    }

    @Override
    public String format(LogRecord event) {
        LocalTime time = LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault());
        String causes = event.getThrown() == null ? "" : ": " + Causes.of(event.getThrown());
        return "%s %s %s %s%n"
                .formatted(
                        time.truncatedTo(ChronoUnit.MILLIS),
                        event.getLevel(),
                        event.getLoggerName(),
                        (formatMessage(event) + causes).replaceAll("\\s*\\R\\s*", " "));
    }
}
