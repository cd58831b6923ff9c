package io.drawdown.credits.decision;

/**
 * Where a command stands among those that wait for credits to come back.
 *
 * @param mayWait whether it may wait (again); if not, this decision is its last
 * @param hasWaited whether it has waited
 * @param isBehind whether a command that came earlier still waits
 */
public record Turn(boolean mayWait, boolean hasWaited, boolean isBehind) {

    /** Decided once, for good. */
    public static final Turn LAST = new Turn(false, false, false);
}
