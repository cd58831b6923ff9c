package io.drawdown.tasks.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The attempt failed, and another one may succeed. */
public class TemporaryFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** The next attempt follows after the back-off of the task. */
    public TemporaryFailure(String message) {
        this(message, null, null);
    }

    /** The next attempt follows after the back-off of the task. */
    public TemporaryFailure(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /** @param retryAfter when the next attempt may follow; null: after the back-off of the task */
    public TemporaryFailure(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
