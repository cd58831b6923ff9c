package io.drawdown.billing.metrics;

import io.drawdown.billing.BillingCore;
import io.drawdown.billing.hook.Inbox;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.time.PeriodicTask;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What becomes of purchases, and of what Stripe tells, as metrics. */
@Singleton
public final class MoneyMetrics {

    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final BillingCore core;
    private final CoreLoop loop;
    private final MeterRegistry metrics;
    private volatile Figures latest = new Figures(0, 0, 0, Map.of());

    /** All since the process began, but for those that wait. */
    private record Figures(int waiting, long lookedAt, long failures, Map<PurchaseStatus, Long> purchases) {}

    MoneyMetrics(BillingCore core, CoreLoop loop, MeterRegistry metrics) {
        this.core = core;
        this.loop = loop;
        this.metrics = metrics;
    }

    void measure(@Observes StartupEvent event) {
        Gauge.builder("drawdown.billing.stripe.events.waiting", () -> latest.waiting())
                .register(metrics);
        count("drawdown.billing.stripe.events", "looked_at", Figures::lookedAt);
        count("drawdown.billing.stripe.events", "failed", Figures::failures);
        Arrays.stream(PurchaseStatus.values()).filter(PurchaseStatus::isOver).forEach(this::count);
        loop.execute(PeriodicTask.of(loop, OFTEN, () -> latest = read())::start);
    }

    private void count(PurchaseStatus end) {
        count("drawdown.billing.purchases", end.word(), figures -> figures.purchases()
                .getOrDefault(end, 0L));
    }

    private void count(String name, String outcome, ToLongFunction<Figures> figure) {
        FunctionCounter.builder(name, this, all -> figure.applyAsLong(all.latest))
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** The core's figures may be read on its own thread only. */
    private Figures read() {
        Inbox inbox = core.cards().inbox();
        return new Figures(
                inbox.backlog(),
                inbox.lookedAt(),
                inbox.failures(),
                core.credits().purchases().over());
    }
}
