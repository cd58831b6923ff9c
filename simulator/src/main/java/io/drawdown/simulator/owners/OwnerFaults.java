package io.drawdown.simulator.owners;

import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Line;
import io.drawdown.simulator.world.Process;
import java.util.random.RandomGenerator;

/** Why an owner is thought dead: it is, or it sleeps, or it is cut off, or somebody errs. */
final class OwnerFaults {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private OwnerFaults() {}

    static void befall(Ground ground, Process owner, RandomGenerator random) {
        switch (random.nextInt(6)) {
            case 0 -> owner.kill();
            case 1 -> owner.killAfter(random.nextInt(6));
            case 2 -> {
                owner.freeze();
                ground.timeline.after(random.nextLong(20 * SECOND), () -> wake(owner));
            }
            case 3 -> cutOff(ground, owner, SECOND + random.nextLong(15 * SECOND));
            default -> ground.counts.count("owner thought dead");
        }
    }

    private static void cutOff(Ground ground, Process owner, long nanos) {
        for (Line line : ground.lines()) {
            if (line.caller() == owner && line.name().endsWith("to credits")) {
                line.down(true);
                ground.timeline.after(nanos, () -> line.down(false));
                ground.trace.say("chaos", () -> line.name() + " is cut off for " + nanos / MILLI + " ms");
            }
        }
    }

    static void wake(Process sleeper) {
        if (sleeper.isFrozen()) {
            sleeper.wake();
        }
    }
}
