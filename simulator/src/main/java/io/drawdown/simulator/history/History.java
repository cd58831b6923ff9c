package io.drawdown.simulator.history;

import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import io.drawdown.simulator.world.UncaughtExceptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a script, from an empty world until everything is at rest. */
public final class History {

    static {
        UncaughtExceptions.install();
    }

    private final World world;
    private int done;

    private History(World world) {
        this.world = world;
    }

    /**
     * The result of a history.
     *
     * @param steps how many steps were done
     * @param lines the time line, if it was traced
     */
    public record Outcome(@Nullable Finding finding, int steps, Counts counts, List<String> lines) {}

    public static Outcome of(Script script, boolean isTraced) {
        World world = script.scene().open(script.seed(), isTraced);
        History history = new History(world);
        UncaughtExceptions.watch(world.context().findings, () -> history.play(script));
        return new Outcome(
                world.context().findings.first(),
                history.done,
                world.context().counts,
                world.context().trace.lines());
    }

    private void play(Script script) {
        for (Step step : script.steps()) {
            if (!world.context().findings.isEmpty()) {
                return;
            }
            done++;
            world.context().counts.count("act " + step.act().name());
            world.context().trace.say("STEP " + done, step::toString);
            step.in(world);
            world.pass(step.pauseNanos());
        }
        if (world.context().findings.isEmpty()) {
            world.context().trace.say("REST", () -> "all faults are removed and all users leave");
            world.comeToRest();
        }
    }
}
