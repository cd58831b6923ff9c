package io.drawdown.kit.faults;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

/** Ends a service that cannot run as it is set up: with one clear line and a status that is not 0. */
public final class StartRefusal {

    private static final Logger LOG = Logger.getLogger(StartRefusal.class);

    private StartRefusal() {}

    /**
     * Returns the exception that an observer of the start must throw. Nothing after the observer is started, and the
     * process ends.
     */
    public static PreventFurtherStepsException toStart(String why) {
        LOG.errorf("Not started: %s", why);
        Quarkus.asyncExit(1);
        return new PreventFurtherStepsException("Not started: " + why, 1);
    }
}
