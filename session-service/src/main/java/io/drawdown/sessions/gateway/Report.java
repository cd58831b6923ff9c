package io.drawdown.sessions.gateway;

import io.drawdown.contracts.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway says of its session.
 *
 * @param usedMillis its total; 0 if it states none
 * @param trace of the request; null if it has none
 */
public record Report(Step step, long usedMillis, @Nullable TraceContext trace) {

    /** What it wants of the session. */
    public enum Step {
        /** It goes on as it is, running or paused. */
        GO_ON,
        PAUSE,
        /** Paused, and what it does not use is given back until it goes on. */
        RELEASE,
        RESUME,
        END
    }

    /** The same total with another wish. */
    Report with(Step other) {
        return new Report(other, usedMillis, trace);
    }
}
