package io.drawdown.simulator.history;

import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a script, from an empty world to its rest. */
public final class History {

    private History() {}

    /**
     * What came out.
     *
     * @param steps how many were done
     * @param lines what happened, if it was to be written down
     */
    public record Outcome(@Nullable Finding finding, int steps, Counts counts, List<String> lines) {}

    public static Outcome of(Script script, boolean isTraced) {
        World world = new World(script.seed(), isTraced);
        int done = 0;
        for (Step step : script.steps()) {
            if (!world.ground.findings.isEmpty()) {
                break;
            }
            done++;
            world.ground.counts.count("act " + step.act());
            step.in(world);
            world.pass(step.pauseNanos());
        }
        if (world.ground.findings.isEmpty()) {
            world.settle();
        }
        return new Outcome(world.ground.findings.first(), done, world.ground.counts, world.ground.trace.lines());
    }
}
