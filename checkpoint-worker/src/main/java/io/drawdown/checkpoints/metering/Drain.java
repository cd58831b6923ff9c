package io.drawdown.checkpoints.metering;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;

/** The last reports of a worker that stops: sends until nothing is due any more or the time is over. */
public final class Drain {

    private final UsageReporter reporter;
    private final Scheduler scheduler;
    private final Duration tick;
    private final Runnable whenDone;
    private boolean done;

    public Drain(UsageReporter reporter, Scheduler scheduler, Duration tick, Runnable whenDone) {
        this.reporter = reporter;
        this.scheduler = scheduler;
        this.tick = tick;
        this.whenDone = whenDone;
    }

    public void begin(Duration atMost) {
        scheduler.after(atMost, this::finish);
        reporter.afterEach(this::sendOrFinish);
        eachTick();
    }

    private void eachTick() {
        if (!done) {
            scheduler.after(tick, this::eachTick);
            sendOrFinish();
        }
    }

    private void sendOrFinish() {
        if (!done && reporter.isBusy()) {
            reporter.send();
        }
        if (!done && !reporter.isBusy()) {
            finish();
        }
    }

    private void finish() {
        if (!done) {
            done = true;
            whenDone.run();
        }
    }
}
