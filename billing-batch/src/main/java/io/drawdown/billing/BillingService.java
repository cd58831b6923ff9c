package io.drawdown.billing;

import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.config.BatchConfig;
import io.drawdown.billing.config.WorkerSecret;
import io.drawdown.billing.metrics.RunMetrics;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.billing.run.RunSettings;
import io.drawdown.billing.run.store.RunRetention;
import io.drawdown.billing.run.store.RunStores;
import io.drawdown.billing.run.threads.ProcessThreads;
import io.drawdown.contracts.Service;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.runtime.CoreService;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The core of billing-batch with its stores, and the processes that were found. */
@Singleton
public final class BillingService implements CoreService {

    private final BillingCore core;
    private final ProcessTable processes;
    private final RunSettings settings;
    private final WorkerSecret secret;

    BillingService(
            CoreRuntime runtime,
            BatchConfig config,
            RunStores stores,
            BillingPorts.Outside outside,
            @All List<BatchProcess> found) {
        secret = WorkerSecret.of(config.batch());
        settings = settings(config);
        RunRetention retention = new RunRetention(stores, config.batch().keep());
        processes = new ProcessTable(
                Stream.concat(found.stream(), Stream.of(retention)).toList());
        BillingPorts ports = new BillingPorts(
                stores,
                runtime.publisher(),
                new ProcessThreads(processes, runtime.time(), runtime.loop(), runtime.spans()),
                new RunMetrics(runtime.metrics(), processes.all()),
                outside,
                runtime.spans());
        core = new BillingCore(
                ports, settings, processes.schedules(), runtime.time(), runtime.loop(), new SecureRandom());
    }

    private static RunSettings settings(BatchConfig config) {
        BatchConfig.Batch batch = config.batch();
        return new RunSettings(
                config.instance(),
                batch.budget(),
                batch.stopMargin(),
                batch.leastShare(),
                batch.lateAfter(),
                batch.stopPatience());
    }

    @Produces
    @Singleton
    BillingCore core() {
        return core;
    }

    @Produces
    @Singleton
    ProcessTable processes() {
        return processes;
    }

    @Produces
    @Singleton
    WorkerSecret secret() {
        return secret;
    }

    @Produces
    @Singleton
    RunSettings settings() {
        return settings;
    }

    @Override
    public Service service() {
        return Service.BILLING_BATCH;
    }

    @Override
    public void start() {
        core.start();
    }

    /** Asks the running process to stop. Another instance goes on with the run. */
    @Override
    public Uni<Boolean> stop() {
        return core.stop();
    }

    /** A caller may be waiting for a run, and must hear that the run goes on elsewhere. */
    @Override
    public boolean hasConnections() {
        return true;
    }

    @Override
    public Duration stopPatience() {
        return settings.stopPatience().plus(BillingCore.STOP_AGAIN).plusSeconds(1);
    }
}
