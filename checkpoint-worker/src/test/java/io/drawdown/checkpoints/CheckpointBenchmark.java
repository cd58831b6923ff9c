package io.drawdown.checkpoints;

import io.drawdown.checkpoints.runs.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What one run of 30 s costs one worker. Not part of the tests; to start it:
 *
 * <pre>./mvnw -q -pl checkpoint-worker -am test -Dtest=CheckpointBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * cat checkpoint-worker/target/surefire-reports/*CheckpointBenchmark-output.txt</pre>
 */
class CheckpointBenchmark {

    @Test
    void processorTimePerRun() {
        for (int sessions : new int[] {5_000, 20_000, 50_000, 100_000}) {
            Fleet fleet = new Fleet(sessions);
            for (int warmUp = 0; warmUp < 5; warmUp++) {
                fleet.run();
            }
            long bytes = fleet.bytesPublished();
            Duration spent = Duration.ZERO;
            for (int run = 0; run < 5; run++) {
                spent = spent.plus(fleet.run());
            }
            Run run = fleet.latest();
            System.out.printf(
                    "sessions=%d cpuMillisPerRun=%d shareOfOneCore=%.2f%% records=%d kilobytes=%d lagMillis=%d%n",
                    sessions,
                    spent.toMillis() / 5,
                    spent.toMillis() / 5.0 / 300.0,
                    run.records(),
                    (fleet.bytesPublished() - bytes) / 5 / 1_024,
                    run.lagMillis());
        }
    }
}
