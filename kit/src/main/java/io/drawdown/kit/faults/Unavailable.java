package io.drawdown.kit.faults;

/** What was asked for did not happen: what is needed for it cannot be reached. Asking again is safe. */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
