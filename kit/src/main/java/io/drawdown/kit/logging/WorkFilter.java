package io.drawdown.kit.logging;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.trace.CurrentWork;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/** Adds the trace and the request that a line is about to its context. It is asked on the thread that logs, and lets every line pass. */
record WorkFilter(@Nullable Filter others) implements Filter {

    private static final String TRACE = "traceId";
    private static final String REQUEST = "requestId";

    @Override
    public boolean isLoggable(LogRecord line) {
        if (others != null && !others.isLoggable(line)) {
            return false;
        }
        if (line instanceof ExtLogRecord extended) {
            CurrentWork work = CurrentWork.get();
            TraceContext trace = work.trace();
            put(extended, TRACE, trace == null ? null : trace.traceId());
            put(extended, REQUEST, work.requestId());
        }
        return true;
    }

    private static void put(ExtLogRecord line, String key, @Nullable String value) {
        if (value != null) {
            line.putMdc(key, value);
        }
    }
}
