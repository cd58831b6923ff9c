package io.drawdown.kit.faults;

/** The call may have had its effect, may not have had it, and may still have it later. Read again and decide again. */
public final class OutcomeUnknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
        super(message);
    }

    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a fault means once something is written or asked for: it no longer says that nothing happened. */
    public static Throwable afterWrite(Throwable fault) {
        return fault instanceof Unavailable ? new OutcomeUnknown("done in part: " + fault.getMessage(), fault) : fault;
    }
}
