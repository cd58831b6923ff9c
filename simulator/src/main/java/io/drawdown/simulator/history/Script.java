package io.drawdown.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The steps of one history. The same seed gives the same script. */
public record Script(Scene scene, long seed, List<Step> steps) {

    private static final long MILLI = 1_000_000;

    public Script {
        steps = List.copyOf(steps);
    }

    /** @param meanSteps the script has between half and one and a half times as many steps */
    public static Script of(Scene scene, long seed, int meanSteps) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = Math.max(1, meanSteps / 2 + random.nextInt(meanSteps + 1));
        List<Step> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            steps.add(new Step(act(scene, random), random.nextLong(), pause(random)));
        }
        return new Script(scene, seed, steps);
    }

    private static Act act(Scene scene, SplittableRandom random) {
        int left = random.nextInt(scene.weight());
        for (Act act : scene.acts()) {
            left -= act.weight();
            if (left < 0) {
                return act;
            }
        }
        throw new IllegalStateException("weights changed");
    }

    /** Most steps follow each other closely; some leave time for timers. */
    private static long pause(SplittableRandom random) {
        int kind = random.nextInt(20);
        if (kind < 11) {
            return random.nextLong(60 * MILLI);
        }
        return kind < 18 ? random.nextLong(1_500 * MILLI) : random.nextLong(10_000 * MILLI);
    }
}
