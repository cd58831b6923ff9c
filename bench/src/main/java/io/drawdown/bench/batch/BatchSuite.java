package io.drawdown.bench.batch;

import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.Contenders;
import io.drawdown.bench.stack.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Queued items on their way through billing-batch: as many as it can, as many as a slow payment service lets it, and the memory that
 * a long queue takes.
 */
public final class BatchSuite {

    private static final String CORE = "Queued items charged and published by the core, its events out";
    private static final String MEMORY = "What a run of the core keeps in its heap after a full collection, at most";
    private static final String DRIVER = "io.drawdown.bench.charging.ChargingMain";

    /** A payment call of the slow kind. */
    private static final Duration SLOW = Duration.ofMillis(200);

    /** What a payment service allows at the same time, as {@code PaymentModel} has it. */
    private static final int AT_ONCE = 64;

    /** Create and confirm. */
    private static final int CALLS = 2;

    private final BenchStack stack;
    private final Report report;
    private final Pace pace;
    private final Size size;

    public BatchSuite(BenchStack stack, Report report, Pace pace, Size size) {
        this.stack = stack;
        this.report = report;
        this.pace = pace;
        this.size = size;
    }

    /**
     * How much is done.
     *
     * @param warmUp how long items are drained before their drains are measured
     * @param drained items of one round with payment calls of 0 ms
     * @param queues how long the queues are whose memory is compared
     */
    public record Size(Duration warmUp, int drained, Queues queues) {

        public static final Size FULL =
                new Size(Duration.ofSeconds(15), 3_000, new Queues(20_000, 100_000, Duration.ofSeconds(20)));
    }

    /**
     * A short and a long queue.
     *
     * @param longest how long a run works on either
     */
    public record Queues(int few, int many, Duration longest) {}

    /** About how long it takes. */
    public static Duration lasts(Pace pace, Size size) {
        long fast = (pace.rounds() + 1L) * size.drained() / 300;
        long stored = size.queues().many() / 5_000;
        return size.warmUp()
                .plusSeconds(10 + fast + stored)
                .plus(size.queues().longest())
                .plus(pace.measured().multipliedBy(pace.rounds() + 1L));
    }

    public void run() {
        report.begin(CORE);
        Measured measured = new Contenders(stack, DRIVER)
                .run(
                        "queued_pages",
                        List.of(
                                work(size.drained(), size.warmUp(), Duration.ZERO),
                                work(slowItems(), Duration.ZERO, SLOW),
                                memory(size.queues().few()),
                                memory(size.queues().many())));
        report.add("payment calls of 0 ms", measured.median("items.0"), "items/s", Wanted.MORE);
        double slow = measured.median("items." + SLOW.toMillis());
        report.add(
                "payment calls of " + SLOW.toMillis() + " ms, " + AT_ONCE + " at once", slow, "items/s", Wanted.MORE);
        report.add("the same against what such calls allow", slow / allowed(), "ratio", Wanted.MORE);
        report.begin(MEMORY);
        double few = memory(measured, size.queues().few());
        double many = memory(measured, size.queues().many());
        report.add("the longer queue against the shorter one", many / few, "ratio", Wanted.LESS);
    }

    private double memory(Measured measured, int queued) {
        double kept = measured.median("memory." + queued);
        report.add(String.format(Locale.ROOT, "%,d items queued", queued), kept, "MiB", Wanted.LESS);
        return kept;
    }

    private String memory(int queued) {
        return "memory:" + queued + ":" + size.queues().longest().toMillis() + ":" + SLOW.toMillis();
    }

    private String work(int items, Duration warmUp, Duration takes) {
        return "drain:" + items + ":" + pace.rounds() + ":" + warmUp.toMillis() + ":" + takes.toMillis();
    }

    /** As many as take about the time of a round. */
    private int slowItems() {
        return (int) (allowed() * pace.measured().toSeconds());
    }

    private static double allowed() {
        return (double) AT_ONCE * TimeUnit.SECONDS.toMillis(1) / SLOW.toMillis() / CALLS;
    }
}
