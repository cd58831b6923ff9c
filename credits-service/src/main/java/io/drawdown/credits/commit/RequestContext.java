package io.drawdown.credits.commit;

import io.drawdown.contracts.TraceContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request states beside its command.
 *
 * @param notAfter the command is in no write that is handed over after it; absent: at any time
 * @param trace goes with the entries that the command posts
 */
public record RequestContext(
        @Nullable Instant notAfter, @Nullable TraceContext trace) {

    /** What no request asked for, or one that states nothing. */
    public static final RequestContext NONE = new RequestContext(null, null);

    /** The context of something that may be done at any time. */
    public static RequestContext of(@Nullable TraceContext trace) {
        return trace == null ? NONE : new RequestContext(null, trace);
    }
}
