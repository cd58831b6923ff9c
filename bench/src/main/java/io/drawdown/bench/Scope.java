package io.drawdown.bench;

import io.drawdown.bench.batch.BatchSuite;
import io.drawdown.bench.core.CoreSuite;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.sessions.SessionsSuite;
import io.drawdown.bench.tasks.TasksSuite;
import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUp how long the services work before anything of them is measured
 * @param rates of charges and of holds
 * @param cycleSteps how many sessions there are in each step of the checkpoint cycle, in ascending order
 */
record Scope(
        Duration warmUp,
        Pace pace,
        CoreSuite.Rates rates,
        SessionsSuite.Size sessions,
        List<Integer> cycleSteps,
        TasksSuite.Size tasks,
        BatchSuite.Size batch) {

    /** After it a compiler finds little to do. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    Scope {
        cycleSteps = List.copyOf(cycleSteps);
    }

    /** @param connected how many sessions stay open; the other parts of their suite are in proportion */
    static Scope full(Pace pace, int connected) {
        return new Scope(
                WARM_UP,
                pace,
                CoreSuite.Rates.FULL,
                SessionsSuite.Size.of(connected),
                List.of(1_000, 5_000, 20_000),
                TasksSuite.Size.FULL,
                BatchSuite.Size.FULL);
    }
}
