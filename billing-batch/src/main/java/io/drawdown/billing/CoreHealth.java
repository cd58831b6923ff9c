package io.drawdown.billing;

/**
 * How the core of this instance is.
 *
 * @param isLeased whether it may run processes
 * @param isRunner whether it has the run that is under way
 * @param unpublished events that are not published yet
 */
public record CoreHealth(boolean isLeased, boolean isRunner, int unpublished) {

    /** Before it is known. */
    public static final CoreHealth UNKNOWN = new CoreHealth(false, false, 0);
}
