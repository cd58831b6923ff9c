package io.drawdown.credits;

import io.drawdown.contracts.Service;
import io.drawdown.credits.checks.CheckStore;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.config.Tariff;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.metrics.CreditsMetrics;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.runtime.CoreService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SplittableRandom;

/** The core of credits-service with its topics and stores. */
@Singleton
public final class CreditsService implements CoreService {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final CreditsCore core;

    CreditsService(
            CoreRuntime runtime,
            CreditsSettings settings,
            AccountStore accounts,
            LedgerStore ledger,
            CheckStore checks) {
        MeterRegistry metrics = runtime.metrics();
        CreditsPorts ports = new CreditsPorts(
                accounts, ledger, checks, runtime.publisher(), new CreditsMetrics(metrics), runtime.spans());
        core = new CreditsCore(ports, settings, runtime.time(), runtime.loop(), new SplittableRandom());
        Gauge.builder("drawdown.relay.backlog", core, CreditsCore::backlog).register(metrics);
    }

    @Produces
    @Singleton
    CreditsCore core() {
        return core;
    }

    @Produces
    @Singleton
    static Tariff tariff(CreditsSettings settings) {
        return settings.tariff();
    }

    @Override
    public Service service() {
        return Service.CREDITS_SERVICE;
    }

    @Override
    public void start() {
        core.start();
    }

    @Override
    public Uni<Boolean> stop() {
        return core.stopGracefully(STOP_PATIENCE);
    }
}
