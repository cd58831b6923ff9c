package io.drawdown.kit.json;

import org.jspecify.annotations.Nullable;

/** The input can never be read, however often it is tried. The message gives the reason in one line. */
public final class UnreadableException extends RuntimeException {

    public UnreadableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
