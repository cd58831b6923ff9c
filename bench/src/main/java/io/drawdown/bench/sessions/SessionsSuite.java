package io.drawdown.bench.sessions;

import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** What the clients of live sessions meet. */
public final class SessionsSuite {

    /** Sessions that start each second, where their starts are measured and where only their stops are. */
    private static final int START_GOAL = 10;

    private static final int STOPPERS = 50;

    private final BenchStack stack;
    private final Report report;
    private final Size size;

    public SessionsSuite(BenchStack stack, Report report, Size size) {
        this.stack = stack;
        this.report = report;
        this.size = size;
    }

    /**
     * How many sessions each part of the benchmark has. A part with none is not run.
     *
     * @param warmUp sessions that begin and end before anything is measured
     * @param starts sessions that start at 10 per second and use up their credits
     * @param stops sessions that start faster and use up their credits
     * @param ends sessions that their clients end
     * @param takeovers sessions that are taken over
     * @param connected sessions that stay open on one instance, and for how many rounds of heartbeats, of 5 s, they are watched
     * @param fanOut account events per second, of accounts that have no session on the instance
     */
    public record Size(
            int warmUp, int starts, int stops, int ends, int takeovers, Connected.Size connected, FanOut.Size fanOut) {

        public static final Size FULL = new Size(
                1_000,
                500,
                1_000,
                1_000,
                50,
                new Connected.Size(10_000, 12),
                new FanOut.Size(List.of(1_000, 5_000, 20_000), Duration.ofSeconds(20)));

        /** About how long it takes. */
        public Duration lasts() {
            return WarmUp.lasts(warmUp)
                    .plus(StartsAndStops.lasts(starts, START_GOAL))
                    .plus(StartsAndStops.lasts(stops, STOPPERS))
                    .plus(PushesAndEnds.lasts(ends))
                    .plus(fanOut.lasts())
                    .plus(connected.lasts())
                    .plus(Takeover.lasts());
        }
    }

    /** @param run names accounts that no run had before */
    public void run(Vertx vertx, HttpApi gateway, String run) {
        LiveClients clients = new LiveClients(vertx, stack);
        WarmUp.run(clients, gateway, "warm-" + run + "-", size.warmUp());
        new StartsAndStops(stack, report, clients, size.starts(), START_GOAL).run(gateway, "start-" + run + "-");
        new StartsAndStops(stack, report, clients, size.stops(), STOPPERS).run(gateway, "stop-" + run + "-");
        if (size.ends() > 0) {
            new PushesAndEnds(report, clients, size.ends()).run(gateway, "end-" + run + "-");
        }
        new FanOut(stack, report, size.fanOut()).run(gateway, "stranger-" + run + "-");
        new Connected(stack, report, clients, size.connected()).run(gateway, "connected-" + run + "-");
        if (size.takeovers() > 0) {
            new Takeover(stack, report, clients, size.takeovers()).run(gateway, "takeover-" + run + "-");
        }
    }
}
