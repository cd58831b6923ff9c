package io.drawdown.tasks;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.LeaseValidity;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.upkeep.Sweeps;
import org.jboss.logging.Logger;

/** What the other instances tell this one. */
record HeardHints(Claims claims, Sweeps sweeps, LeaseValidity validity) implements Hints {

    private static final Logger LOG = Logger.getLogger(HeardHints.class);

    @Override
    public void waiting(String queue, Lane lane) {
        claims.hint(queue, lane);
    }

    /** The hint may be old, so what counts is what the store says. */
    @Override
    public void cancelAsked(String owner) {
        if (owner.equals(validity.incarnation())) {
            sweeps.stopCancelled()
                    .subscribe()
                    .with(done -> {}, fault -> LOG.debugf("Cancel hint not followed: fault=%s", fault));
        }
    }

    /** Only who watches wants to know. */
    @Override
    public void progressed(TaskProgress progress) {}
}
