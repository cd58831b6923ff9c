package io.drawdown.kit.faults;

/** The call had no effect and will have none, because something that it needs cannot be reached. It may be repeated. */
public final class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
