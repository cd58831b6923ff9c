package io.drawdown.checkpoints.runs;

import io.drawdown.kit.time.Scheduler;
import java.time.Duration;

/** The last reports of a worker that stops: sends until nothing is due any more or the time is over. */
final class Drain {

    private final Emitter emitter;
    private final Scheduler scheduler;
    private final Duration tick;
    private final Runnable whenDone;
    private boolean done;

    Drain(Emitter emitter, Scheduler scheduler, Duration tick, Runnable whenDone) {
        this.emitter = emitter;
        this.scheduler = scheduler;
        this.tick = tick;
        this.whenDone = whenDone;
    }

    void begin(Duration atMost) {
        scheduler.after(atMost, this::finish);
        emitter.afterEach(this::sendOrFinish);
        eachTick();
    }

    private void eachTick() {
        if (!done) {
            scheduler.after(tick, this::eachTick);
            sendOrFinish();
        }
    }

    private void sendOrFinish() {
        if (!done && emitter.isBusy()) {
            emitter.send();
        }
        if (!done && !emitter.isBusy()) {
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
