package io.drawdown.tasks.handler;

import org.jspecify.annotations.Nullable;

/** The attempt failed, and every other one would fail too. The task is failed; a person may replay it. */
public class PermanentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PermanentFailure(String message) {
        this(message, null);
    }

    public PermanentFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
