package io.drawdown.bench.sessions;

import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How long clients waited after kills until they were served again. */
final class Returns {

    /** For so long a client tries. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Latencies latencies = new Latencies();
    private long failed;

    /**
     * Waits until all are served again, or have given up.
     *
     * @param killed the moment of the kill, of {@link System#nanoTime}
     * @return whether all were served again within that time
     */
    boolean await(List<CompletableFuture<Long>> clients, long killed, Duration within) {
        boolean isWithin = true;
        for (CompletableFuture<Long> client : clients) {
            Long served = client.exceptionally(fault -> null).join();
            if (served == null) {
                failed++;
            } else {
                latencies.addNanos(served - killed);
            }
            isWithin &= served != null && served - killed <= within.toNanos();
        }
        return isWithin;
    }

    void report(Report report) {
        if (latencies.count() > 0) {
            Load.Latency latency = latencies.percentiles();
            report.latency("from the kill until a session was served again at its client", latency);
            report.add("the same, the slowest", latency.maxMicros() / 1_000.0, "ms", Wanted.LESS);
        }
        report.add("sessions that were not served again", (double) failed, "times", Wanted.LESS);
    }
}
