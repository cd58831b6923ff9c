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
     * @param returning sessions whose only instance is killed and started again
     * @param kills how often the owner of some sessions is killed while their clients come back to another instance
     * @param connected sessions that stay open on one instance, and for how many rounds of heartbeats, of 5 s, they are watched
     * @param fanOut account events per second, of accounts that have no session on the instance
     */
    public record Size(
            int warmUp,
            int starts,
            int stops,
            int ends,
            int returning,
            int kills,
            Connected.Size connected,
            FanOut.Size fanOut) {

        /** Of the goals. */
        public static final int MOST_CONNECTED = 10_000;

        private static final List<Integer> EVENTS_PER_SECOND = List.of(1_000, 5_000, 20_000);

        /** With so many that stay open, and the other parts in proportion; with 10,000 they are as large as the goals say. */
        public static Size of(int connected) {
            int tenth = Math.max(1, connected / 10);
            int kills = Math.max(1, connected / 200);
            boolean isFull = connected == MOST_CONNECTED;
            return new Size(
                    tenth,
                    Math.max(1, connected / 20),
                    tenth,
                    tenth,
                    kills,
                    kills,
                    new Connected.Size(connected, isFull ? 12 : 4),
                    new FanOut.Size(EVENTS_PER_SECOND, Duration.ofSeconds(isFull ? 20 : 5)));
        }

        /** About how long it takes. */
        public Duration lasts() {
            return WarmUp.lasts(warmUp)
                    .plus(StartsAndStops.lasts(starts, START_GOAL))
                    .plus(StartsAndStops.lasts(stops, STOPPERS))
                    .plus(PushesAndEnds.lasts(ends))
                    .plus(fanOut.lasts())
                    .plus(connected.lasts())
                    .plus(returning > 0 ? OnlyInstanceKilled.lasts() : Duration.ZERO)
                    .plus(OwnersKilled.lasts(kills));
        }
    }

    /**
     * A part that fails is marked so, and the others go on.
     *
     * @param run names accounts that no run had before
     */
    public void run(Vertx vertx, HttpApi gateway, String run) {
        LiveClients clients = new LiveClients(vertx, stack);
        part(size.warmUp(), () -> WarmUp.run(clients, gateway, "warm-" + run + "-", size.warmUp()));
        part(size.starts(), () -> new StartsAndStops(stack, report, clients, size.starts(), START_GOAL)
                .run(gateway, "start-" + run + "-"));
        part(size.stops(), () -> new StartsAndStops(stack, report, clients, size.stops(), STOPPERS)
                .run(gateway, "stop-" + run + "-"));
        part(size.ends(), () -> new PushesAndEnds(report, clients, size.ends()).run(gateway, "end-" + run + "-"));
        part(size.fanOut().perSecond().size(), () -> new FanOut(stack, report, size.fanOut())
                .run(gateway, "stranger-" + run + "-"));
        part(size.connected().sessions(), () -> new Connected(stack, report, clients, size.connected())
                .run(gateway, "connected-" + run + "-"));
        part(size.returning(), () -> new OnlyInstanceKilled(stack, report, clients, size.returning())
                .run(gateway, "returning-" + run + "-"));
        part(size.kills(), () -> new OwnersKilled(stack, report, clients, size.kills())
                .run(gateway, "taken-" + run + "-"));
    }

    private void part(int count, Runnable part) {
        if (count == 0) {
            return;
        }
        try {
            part.run();
        } catch (RuntimeException fault) {
            report.unfinished(fault);
        }
    }
}
