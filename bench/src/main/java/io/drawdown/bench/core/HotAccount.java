package io.drawdown.bench.core;

import io.drawdown.bench.load.ClosedLoop;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.Operation;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.load.ToldFailure;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.Arrivals;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.TopicEvents;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many requests to one account: they share writes. An operation counts once its event is out, not when it is answered. */
public final class HotAccount {

    /** The account is opened, and its credits are granted. */
    private static final int EVENTS_OF_OPENING = 2;

    private static final int IN_FLIGHT = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Report report;
    private final Pace pace;

    public HotAccount(Report report, Pace pace) {
        this.report = report;
        this.pace = pace;
    }

    public void run(HttpApi gateway, TopicEvents events, String run) {
        report.begin("One hot account");
        Accounts hot = new Accounts("hot-" + run + "-", 1);
        Arrivals arrivals = events.watch(hot.id(0));
        hot.open(gateway);
        Operation charge = new ToldFailure(Charges.on(gateway, hot), report::say);
        AtomicLong charged = new AtomicLong();
        Load load = ClosedLoop.run(
                () -> charge.begin().thenRun(charged::incrementAndGet), IN_FLIGHT, pace.warmUp(), pace.measured());
        long answered = System.nanoTime();
        report.throughput("charges answered, " + IN_FLIGHT + " in flight", load);
        long last = arrivals.await(EVENTS_OF_OPENING + charged.get(), PATIENCE);
        long out = arrivals.between(answered - pace.measured().toNanos(), answered);
        report.add("their events out in the same time", out / seconds(pace.measured()), "op/s", Wanted.MORE);
        report.add(
                "the last event after the last answer",
                Math.max(0, last - answered) / (double) TimeUnit.MILLISECONDS.toNanos(1),
                "ms",
                Wanted.LESS);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
