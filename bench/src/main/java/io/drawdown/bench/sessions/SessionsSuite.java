package io.drawdown.bench.sessions;

import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.Vertx;
import java.time.Duration;

/** What the clients of live sessions meet. */
public final class SessionsSuite {

    private final BenchStack stack;
    private final Report report;
    private final Size size;

    public SessionsSuite(BenchStack stack, Report report, Size size) {
        this.stack = stack;
        this.report = report;
        this.size = size;
    }

    /**
     * How many sessions.
     *
     * @param warmUp that begin and end before anything is measured
     * @param starts that use up their credits
     * @param ends that are ended by their clients
     * @param takeovers that are taken over
     */
    public record Size(int warmUp, int starts, int ends, int takeovers) {

        public static final Size FULL = new Size(1_000, 500, 1_000, 50);

        /** About how long it takes. */
        public Duration lasts() {
            return WarmUp.lasts(warmUp)
                    .plus(StartsAndStops.lasts(starts))
                    .plus(PushesAndEnds.lasts(ends))
                    .plus(Takeover.lasts());
        }
    }

    /** @param run names accounts that no run had before */
    public void run(Vertx vertx, HttpApi gateway, String run) {
        LiveClients clients = new LiveClients(vertx, stack);
        WarmUp.run(clients, gateway, "warm-" + run + "-", size.warmUp());
        new StartsAndStops(stack, report, clients, size.starts()).run(gateway, "stop-" + run + "-");
        new PushesAndEnds(report, clients, size.ends()).run(gateway, "end-" + run + "-");
        new Takeover(stack, report, clients, size.takeovers()).run(gateway, "takeover-" + run + "-");
    }
}
