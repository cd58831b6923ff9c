package io.drawdown.checkpoints;

import io.drawdown.checkpoints.config.CheckpointLimits;
import io.drawdown.checkpoints.config.WorkerConfig;
import io.drawdown.checkpoints.metering.UsagePublisher;
import io.drawdown.checkpoints.runs.RunMetrics;
import io.drawdown.checkpoints.runs.RunStore;
import io.drawdown.contracts.Service;
import io.drawdown.kit.runtime.CoreRuntime;
import io.drawdown.kit.runtime.CoreService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The core of checkpoint-worker with its topics and its store. */
@Singleton
public final class CheckpointWorker implements CoreService {

    private static final Logger LOG = Logger.getLogger(CheckpointWorker.class);
    private static final Duration LAST_REPORTS = Duration.ofSeconds(4);

    private final WorkerConfig.Checkpoint config;
    private final CheckpointCore core;

    CheckpointWorker(CoreRuntime runtime, WorkerConfig config, RunStore runs) {
        this.config = config.checkpoint();
        String name = uniqueName(config.instance().orElse("checkpoint-worker"));
        CheckpointPorts ports = new CheckpointPorts(
                new UsagePublisher(runtime.publisher(), runtime.time(), name),
                run -> runs.save(run).emitOn(runtime.loop()),
                new RunMetrics(runtime.metrics()),
                runtime.time(),
                runtime.loop(),
                new SplittableRandom());
        core = new CheckpointCore(
                ports, name, runtime.broker().partitions(), CheckpointLimits.of(this.config.interval()));
    }

    /** No other process has or had this name, so the ids of this process's events are unique. */
    private static String uniqueName(String instance) {
        return instance + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Produces
    @Singleton
    CheckpointCore core() {
        return core;
    }

    @Override
    public Service service() {
        return Service.CHECKPOINT_WORKER;
    }

    @Override
    public boolean isEnabled() {
        return config.enabled();
    }

    @Override
    public void start() {
        core.start();
        LOG.infof("Checkpoints started: interval=%s", config.interval());
    }

    @Override
    public Uni<Boolean> stop() {
        return core.stop(LAST_REPORTS);
    }
}
