package io.drawdown.simulator.bugs.overlay;

/** A seeded bug that no longer fits the sources: it changes nothing, so a test with it would prove nothing. */
public final class StaleEdit extends RuntimeException {

    private static final long serialVersionUID = 1;

    StaleEdit(String bug, String what) {
        super("the seeded bug \"" + bug + "\" does not fit any more: " + what);
    }
}
