package io.drawdown.credits.commit;

import io.drawdown.kit.time.Scheduler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does the same again and again, the interval counted from the end of one round to the start of the next. */
public final class Repeating {

    private static final Logger LOG = Logger.getLogger(Repeating.class);

    /** A round that takes longer is given up, so that a lost answer does not end all rounds. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

    private final String name;
    private final Scheduler scheduler;
    private final Duration interval;
    private final Supplier<Uni<Void>> round;
    private boolean running;
    private Scheduler.@Nullable Timer timer;

    public Repeating(String name, Scheduler scheduler, Duration interval, Supplier<Uni<Void>> round) {
        this.name = name;
        this.scheduler = scheduler;
        this.interval = interval;
        this.round = round;
    }

    public void start() {
        if (!running) {
            running = true;
            arm();
        }
    }

    public void stop() {
        running = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        if (running) {
            timer = scheduler.after(interval, this::go);
        }
    }

    private void go() {
        timer = null;
        Uni<Void> bounded =
                new Patience(scheduler, LONGEST_ROUND).within(Uni.createFrom().deferred(round::get));
        bounded.subscribe().with(done -> arm(), fault -> {
            LOG.warnf("The %s did not come to its end, tried again in %s: %s", name, interval, fault);
            arm();
        });
    }
}
