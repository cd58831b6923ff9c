package io.drawdown.simulator.history;

import java.util.SplittableRandom;

/**
 * One act, and the pause after it.
 *
 * @param salt the seed of its randomness, so that it does the same whatever was done before
 */
public record Step(Act act, long salt, long pauseNanos) {

    void in(World world) {
        act.in(world, new SplittableRandom(salt));
    }

    /** As {@link ScriptText} writes it. */
    @Override
    public String toString() {
        return act.name() + " " + salt + " " + pauseNanos;
    }
}
