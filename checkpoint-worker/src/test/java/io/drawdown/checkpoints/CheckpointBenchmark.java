package io.drawdown.checkpoints;

import io.drawdown.checkpoints.runs.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What one cycle of 30 s costs one worker. Not part of the tests' run; to run it:
 *
 * <pre>./mvnw -q -pl checkpoint-worker -am test -Dtest=CheckpointBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * cat checkpoint-worker/target/surefire-reports/*CheckpointBenchmark-output.txt</pre>
 */
class CheckpointBenchmark {

    @Test
    void processorTimePerCycle() {
        for (int sessions : new int[] {5_000, 20_000, 50_000, 100_000}) {
            Fleet fleet = new Fleet(sessions);
            for (int warmUp = 0; warmUp < 5; warmUp++) {
                fleet.cycle();
            }
            long bytes = fleet.bytesPublished();
            Duration spent = Duration.ZERO;
            for (int cycle = 0; cycle < 5; cycle++) {
                spent = spent.plus(fleet.cycle());
            }
            Run run = fleet.latest();
            System.out.printf(
                    "sessions=%d cpuMillisPerCycle=%d shareOfOneCore=%.2f%% records=%d kilobytes=%d lagMillis=%d%n",
                    sessions,
                    spent.toMillis() / 5,
                    spent.toMillis() / 5.0 / 300.0,
                    run.records(),
                    (fleet.bytesPublished() - bytes) / 5 / 1_024,
                    run.lagMillis());
        }
    }
}
