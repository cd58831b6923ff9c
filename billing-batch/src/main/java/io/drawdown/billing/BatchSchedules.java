package io.drawdown.billing;

import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.config.BatchConfig;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.kit.runtime.CoreLoop;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Tells the core when the time of a process has come. Every instance does; the core of one of them runs it. */
@Singleton
public final class BatchSchedules {

    private static final Logger LOG = Logger.getLogger(BatchSchedules.class);

    private final Scheduler scheduler;
    private final ProcessTable processes;
    private final BatchConfig config;
    private final BillingCore core;
    private final CoreLoop loop;

    BatchSchedules(Scheduler scheduler, ProcessTable processes, BatchConfig config, BillingCore core, CoreLoop loop) {
        this.scheduler = scheduler;
        this.processes = processes;
        this.config = config;
        this.core = core;
        this.loop = loop;
    }

    void start(@Observes StartupEvent event) {
        if (config.batch().schedule() == BatchConfig.Switch.ON) {
            processes.schedules().forEach(this::schedule);
            loop.call(core.dues()::lookForMissed)
                    .subscribe()
                    .with(done -> {}, fault -> LOG.warnf("Missed times not looked for: fault=%s", fault));
        }
    }

    private void schedule(String process, Schedule.Cron cron) {
        scheduler
                .newJob(process)
                .setCron(cron.expression())
                .setTimeZone(cron.zone().getId())
                .setAsyncTask(execution -> fired(process, execution))
                .schedule();
    }

    private Uni<Void> fired(String process, ScheduledExecution execution) {
        Instant slot = execution.getScheduledFireTime();
        return loop.call(() -> {
            core.dues().fired(process, slot);
            return Uni.createFrom().voidItem();
        });
    }
}
