package io.drawdown.bench.sessions;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.load.Pause;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions that start at a constant rate, live all at the same time, and stop one after the other when their credits are
 * used up.
 */
final class StartsAndStops {

    private static final int AT_ONCE = 16;

    /** All sessions live between the last start and the first stop. */
    private static final int ALL_LIVE_SECONDS = 10;

    private static final int STOPS_SECONDS = 20;
    private static final int EXHAUSTED = 4003;
    /** The frame that tells of the start comes after the start itself, so the client may see the stop too early by that. */
    private static final Duration EARLIEST = Duration.ofMillis(100);

    /** For all stops together, beyond the time at which the last one is due. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BenchStack stack;
    private final Report report;
    private final LiveClients clients;
    private final int sessions;
    private final int perSecond;
    private final List<LiveClient> live = new ArrayList<>();

    StartsAndStops(BenchStack stack, Report report, LiveClients clients, int sessions, int perSecond) {
        this.stack = stack;
        this.report = report;
        this.clients = clients;
        this.sessions = sessions;
        this.perSecond = perSecond;
    }

    static Duration lasts(int sessions, int perSecond) {
        return Duration.ofSeconds(sessions / perSecond + ALL_LIVE_SECONDS + STOPS_SECONDS);
    }

    void run(HttpApi gateway, String prefix) {
        report.begin(sessions + " sessions that start at " + perSecond + " per second and use up their credits");
        Bulk.run(sessions, AT_ONCE, number -> {
            clients.prepare(prefix + number);
            return gateway.put(
                    "accounts/" + prefix + number,
                    "{\"grants\":[{\"kind\":\"purchased\",\"amount\":" + credits(number) + "}]}");
        });
        ProcessUsage idle = stack.usage(Service.SESSION_SERVICE);
        AtomicInteger number = new AtomicInteger();
        Load starts = OpenLoop.run(
                () -> start(prefix + number.getAndIncrement()),
                perSecond,
                Duration.ZERO,
                Duration.ofMillis(1_000L * sessions / perSecond));
        report.latency("from the moment to start until the frame started", starts);
        whileAllLive(idle);
        stops();
    }

    private CompletableFuture<?> start(String account) {
        LiveClient client = clients.start(account);
        live.add(client);
        return client.begun();
    }

    /** They stop when all have started and some time has passed, each at a moment of its own. */
    private int credits(int number) {
        int untilAllLive = (sessions - number) / perSecond;
        return untilAllLive + ALL_LIVE_SECONDS + number * 7 % STOPS_SECONDS;
    }

    private void whileAllLive(ProcessUsage idle) {
        ProcessUsage begun = stack.usage(Service.SESSION_SERVICE);
        Duration measured = Duration.ofSeconds(ALL_LIVE_SECONDS / 2);
        Pause.of(measured);
        ProcessUsage done = stack.usage(Service.SESSION_SERVICE);
        double share = 100.0 * done.cpuSince(begun).toNanos() / measured.toNanos();
        report.add("processor of session-service with all of them live", share, "% of a core", Wanted.LESS);
        report.add(
                "memory of session-service with all of them live", mebibytes(done.residentBytes()), "MiB", Wanted.LESS);
        report.add(
                "more than before the first of them",
                mebibytes(done.residentBytes() - idle.residentBytes()),
                "MiB",
                Wanted.LESS);
    }

    /** A lag counts from the moment at which the client knows that the last credit is used up. */
    private void stops() {
        Latencies lags = new Latencies();
        long failed = 0;
        long overdrafts = 0;
        long timeIsUp = System.nanoTime()
                + PATIENCE.plusSeconds(ALL_LIVE_SECONDS + STOPS_SECONDS).toNanos();
        for (int number = 0; number < live.size(); number++) {
            try {
                LiveClient client = live.get(number);
                LiveClient.Closing closing = until(timeIsUp, client.closed());
                long due = until(timeIsUp, client.begun()).nanos() + TimeUnit.SECONDS.toNanos(credits(number));
                if (closing.code() == EXHAUSTED && closing.nanos() >= due - EARLIEST.toNanos()) {
                    lags.addNanos(closing.nanos() - due);
                    overdrafts += isBeyond(until(timeIsUp, client.ended()), number) ? 1 : 0;
                } else {
                    failed++;
                }
            } catch (Exception notClosed) {
                failed++;
            }
        }
        report.latency("from the last credit until the socket is closed", lags.percentiles());
        report.add("sessions that used more than their credits", (double) overdrafts, "sessions", Wanted.LESS);
        if (failed > 0) {
            report.add("sessions that did not stop so", (double) failed, "sessions", Wanted.LESS);
        }
    }

    private static <T> T until(long timeIsUp, CompletableFuture<T> awaited) throws Exception {
        return awaited.get(Math.max(0, timeIsUp - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private boolean isBeyond(LiveClient.Arrival ended, int number) {
        long paid = TimeUnit.SECONDS.toMillis(credits(number));
        return ended.frame().path("used_millis").asLong() > paid
                || ended.frame().path("balance").asDouble() < 0;
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
