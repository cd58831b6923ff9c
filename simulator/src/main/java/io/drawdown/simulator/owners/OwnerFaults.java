package io.drawdown.simulator.owners;

import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import java.util.random.RandomGenerator;

/** Makes an owner look dead: it dies, stalls or is cut off, or it is healthy and only believed to be dead. */
final class OwnerFaults {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private OwnerFaults() {}

    static void apply(SimulationContext context, Process owner, RandomGenerator random) {
        switch (random.nextInt(6)) {
            case 0 -> owner.kill();
            case 1 -> owner.killAfter(random.nextInt(6));
            case 2 -> {
                owner.freeze();
                context.timeline.after(random.nextLong(20 * SECOND), () -> wake(owner));
            }
            case 3 -> cutOff(context, owner, SECOND + random.nextLong(15 * SECOND));
            default -> context.counts.count("owner thought dead");
        }
    }

    private static void cutOff(SimulationContext context, Process owner, long nanos) {
        for (Link link : context.links()) {
            if (link.caller() == owner && link.name().endsWith("to credits")) {
                link.down(true);
                context.timeline.after(nanos, () -> link.down(false));
                context.trace.say("chaos", () -> link.name() + " is cut off for " + nanos / MILLI + " ms");
            }
        }
    }

    static void wake(Process sleeper) {
        if (sleeper.isFrozen()) {
            sleeper.wake();
        }
    }
}
