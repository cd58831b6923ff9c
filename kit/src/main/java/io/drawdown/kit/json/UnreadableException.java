package io.drawdown.kit.json;

import org.jspecify.annotations.Nullable;

/** What arrived can never be read, however often it is tried; the message says why in one line. */
public final class UnreadableException extends RuntimeException {

    public UnreadableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
