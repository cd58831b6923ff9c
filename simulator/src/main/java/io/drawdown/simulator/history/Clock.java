package io.drawdown.simulator.history;

import io.drawdown.simulator.world.SimulationContext;

/** Moves a world on in time, until something breaks. */
final class Clock {

    /** Far more than any script needs. */
    private static final int MOST_ACTIONS = 1_000_000;

    private final SimulationContext context;
    private int actions;

    Clock(SimulationContext context) {
        this.context = context;
    }

    void pass(long nanos) {
        long until = context.timeline.nanos() + nanos;
        while (context.findings.isEmpty() && context.timeline.next(until)) {
            if (++actions > MOST_ACTIONS) {
                context.findings.expect(false, "a history ends", () -> "it goes on after " + MOST_ACTIONS + " actions");
            }
        }
    }
}
