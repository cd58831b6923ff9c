package io.drawdown.bench.core;

import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.load.Operation;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.load.ToldFailure;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.bench.store.StoreSuite;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Charges and holds over HTTP: at fixed rates, and the highest rate that is held. */
public final class CoreSuite {

    static final String CHARGES = "Charges over HTTP";
    static final String HOLDS = "Hold and release of a session over HTTP";

    private static final Duration P99 = Duration.ofMillis(10);
    private static final int TRIES = 2;

    private final BenchStack stack;
    private final Report report;
    private final Pace pace;
    private final Rates rates;

    public CoreSuite(BenchStack stack, Report report, Pace pace, Rates rates) {
        this.stack = stack;
        this.report = report;
        this.pace = pace;
        this.rates = rates;
    }

    /**
     * Rates of arrival, per second.
     *
     * @param fixed whose latencies are told
     * @param ladder among which the highest is sought that is held, in ascending order
     */
    public record Rates(List<Integer> fixed, List<Integer> ladder) {

        public static final Rates FULL = new Rates(
                List.of(100, 300, 1_100),
                List.of(
                        50, 75, 100, 150, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_100, 1_250, 1_400, 1_600,
                        1_800, 2_000, 2_500, 3_000));

        public Rates {
            fixed = List.copyOf(fixed);
            ladder = List.copyOf(ladder);
        }
    }

    /** About how long charges and holds take, if half of the ladder is climbed. */
    public static Duration lasts(Pace pace, Rates rates) {
        Duration rung = pace.warmUp().dividedBy(2).plus(pace.measured());
        return pace.lasts(rates.fixed().size() + 1)
                .plus(rung.multipliedBy(rates.ladder().size() / 2))
                .multipliedBy(2);
    }

    public void charges(HttpApi gateway, Accounts accounts) {
        report.begin(CHARGES);
        measure("charge", new ToldFailure(Charges.on(gateway, accounts), report::say));
        report.value(StoreSuite.SECTION, StoreSuite.REPLACE_AND_ROW)
                .ifPresent(bare -> report.value(CHARGES, "charge, 64 in flight")
                        .ifPresent(ours -> report.add(
                                "64 in flight, against the bare store at 16", ours / bare, "ratio", Wanted.MORE)));
    }

    public void holds(HttpApi internal, Accounts accounts, String run) {
        report.begin(HOLDS);
        measure("hold and release", new ToldFailure(SessionHolds.on(internal, accounts, run), report::say));
    }

    private void measure(String name, Operation operation) {
        for (int rate : rates.fixed()) {
            Map<String, ProcessUsage> before = stack.usages();
            long begun = System.nanoTime();
            Load load = pace.atRate(operation, rate);
            report.latencyAtRate(name, rate, load);
            cpu(before, Duration.ofNanos(System.nanoTime() - begun));
        }
        report.throughput(name + ", 64 in flight", pace.inFlight(operation, 64));
        report.add(
                name + ", highest rate with p99 ≤ " + P99.toMillis() + " ms", highest(operation), "op/s", Wanted.MORE);
    }

    private void cpu(Map<String, ProcessUsage> before, Duration elapsed) {
        StringBuilder shares = new StringBuilder("processor:");
        stack.usages().forEach((name, now) -> {
            ProcessUsage then = before.get(name);
            if (then != null) {
                shares.append(String.format(
                        " %s %.0f %%", name, 100.0 * now.cpuSince(then).toNanos() / elapsed.toNanos()));
            }
        });
        report.say(shares.toString());
    }

    /** Climbs until a rate was not held twice; 0 if not even the lowest was. */
    private double highest(Operation operation) {
        double held = 0;
        for (int rate : rates.ladder()) {
            if (!isHeld(operation, rate)) {
                return held;
            }
            held = rate;
        }
        return held;
    }

    private boolean isHeld(Operation operation, int rate) {
        for (int each = 0; each < TRIES; each++) {
            if (OpenLoop.run(operation, rate, pace.warmUp().dividedBy(2), pace.measured())
                    .holds(P99)) {
                return true;
            }
        }
        return false;
    }
}
