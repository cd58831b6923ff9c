package io.drawdown.billing.run.engine;

import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;

/** Looks again and again whether the runner has died, and whether what is due can begin. */
public final class RunWatch {

    private final Runs runs;
    private final Dues dues;
    private final LeaseWatch leases;
    private final PeriodicTask looks;

    public RunWatch(Runs runs, Dues dues, LeaseWatch leases, Scheduler scheduler) {
        this.runs = runs;
        this.dues = dues;
        this.leases = leases;
        this.looks = PeriodicTask.of("look at the runner", scheduler, leases.interval(), this::look);
    }

    public void start() {
        looks.start();
    }

    public void stop() {
        looks.stop();
    }

    private Uni<Void> look() {
        return runs.look(this::isDead)
                .chain(isIdle -> isIdle ? dues.attempt() : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isDead(String incarnation) {
        return leases.look(incarnation).map(is -> !(is instanceof LeaseWatch.Liveness.Alive));
    }
}
