package io.drawdown.checkpoints.runs;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Deletes the runs that are too many, once a minute. Every worker does so, and any of them suffices. */
@Singleton
final class RunRetention {

    private static final Logger LOG = Logger.getLogger(RunRetention.class);

    private final MongoRuns runs;

    RunRetention(MongoRuns runs) {
        this.runs = runs;
    }

    /** A failure leaves the runs to the next round. */
    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return runs.prune()
                .onFailure()
                .invoke(fault -> LOG.warnf("Old runs not deleted: fault=%s", fault))
                .onFailure()
                .recoverWithNull();
    }
}
