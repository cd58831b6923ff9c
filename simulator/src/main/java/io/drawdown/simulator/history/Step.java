package io.drawdown.simulator.history;

import java.util.SplittableRandom;

/**
 * One thing that is done to the world, and how long nothing else is done after it.
 *
 * @param salt all chance in it, so that it does the same whatever was done before
 */
public record Step(Act act, long salt, long pauseNanos) {

    void in(World world) {
        act.in(world, new SplittableRandom(salt));
    }

    /** As {@link ScriptText} writes it. */
    @Override
    public String toString() {
        return act + " " + salt + " " + pauseNanos;
    }
}
