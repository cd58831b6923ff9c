package io.drawdown.bench.batch;

import com.mongodb.client.MongoClient;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.Contenders;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.Measured;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Queued items on their way through billing-batch: as many as it can, and as many as a slow payment service lets it. */
public final class BatchSuite {

    private static final String CORE = "Queued items charged and published by the core, its events out";
    private static final String DRIVER = "io.drawdown.bench.charging.ChargingMain";

    /** The stand-in takes any key of this form. */
    private static final String STRIPE_KEY = "sk_test_ofTheBench";

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
     * @param queued items that are queued while the process works
     * @param runSeconds the budget of a run of the process
     */
    public record Size(Duration warmUp, int drained, int queued, int runSeconds) {

        public static final Size FULL = new Size(Duration.ofSeconds(15), 3_000, 100_000, 30);
    }

    /** About how long it takes. */
    public static Duration lasts(Pace pace, Size size) {
        long fast = (pace.rounds() + 1L) * size.drained() / 300;
        long process = 2L * size.runSeconds() + size.queued() / 3_000;
        return size.warmUp()
                .plusSeconds(10 + fast + process)
                .plus(pace.measured().multipliedBy(pace.rounds() + 1L));
    }

    public void run(Vertx vertx, MongoClient mongo) {
        core();
        process(new OverHttp(stack, report, api(vertx), mongo));
    }

    private BillingApi api(Vertx vertx) {
        URI billing = stack.api(Service.BILLING_BATCH);
        String token = stack.token(Role.GATEWAY, "bench");
        return new BillingApi(
                new HttpApi(vertx, billing, token),
                new HttpApi(vertx, billing.resolve("/api/worker/"), token),
                new HttpApi(vertx, stack.stripe(), STRIPE_KEY),
                stack.workerSecret());
    }

    private void process(OverHttp process) {
        report.begin(OverHttp.SECTION);
        process.open();
        int few = Math.min(1_000, size.queued());
        process.queue(few);
        process.run(String.format(Locale.ROOT, "with %,d items queued", few), size.runSeconds());
        process.queue(size.queued());
        process.run(String.format(Locale.ROOT, "with %,d items queued", size.queued()), size.runSeconds());
    }

    private void core() {
        report.begin(CORE);
        Measured measured = new Contenders(stack, DRIVER)
                .run(
                        "queued_pages",
                        List.of(
                                work(size.drained(), size.warmUp(), Duration.ZERO),
                                work(slowItems(), Duration.ZERO, SLOW)));
        report.add("payment calls of 0 ms", measured.median("items.0"), "items/s", Wanted.MORE);
        double slow = measured.median("items." + SLOW.toMillis());
        report.add(
                "payment calls of " + SLOW.toMillis() + " ms, " + AT_ONCE + " at once", slow, "items/s", Wanted.MORE);
        report.add("the same against what such calls allow", slow / allowed(), "ratio", Wanted.MORE);
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
