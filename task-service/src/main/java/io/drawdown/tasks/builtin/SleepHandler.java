package io.drawdown.tasks.builtin;

import io.drawdown.kit.time.Time;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.handler.TemporaryFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes its time, for trying things: shows progress meanwhile, fails as often as it is told to, and stops when it is told to, or
 * does not.
 */
@Singleton
public final class SleepHandler implements TaskHandler<SleepHandler.Nap, SleepHandler.Slept> {

    private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();
    private static final int STEPS = 100;
    private static final long SHORTEST_STEP_MILLIS = 20;

    private final Time time;

    SleepHandler(Time time) {
        this.time = time;
    }

    /**
     * @param millis of one attempt, up to an hour
     * @param failTimes so many attempts of the first life fail; absent: none
     * @param permanent whether a failure is permanent; absent: it is temporary
     * @param stubborn whether it goes on when it is told to stop; absent: it stops
     * @param padding any text; it only makes the payload longer
     */
    public record Nap(
            long millis,
            @Nullable Integer failTimes,
            @Nullable Boolean permanent,
            @Nullable Boolean stubborn,
            @Nullable String padding) {

        public Nap {
            if (millis < 0 || millis > LONGEST_MILLIS) {
                throw new IllegalArgumentException("millis is not between 0 and " + LONGEST_MILLIS);
            }
        }
    }

    /** @param attempt which one succeeded */
    public record Slept(long millis, int attempt) {}

    @Override
    public String type() {
        return "sleep";
    }

    @Override
    public Slept handle(Nap nap, TaskContext context) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        if (!Boolean.TRUE.equals(nap.stubborn())) {
            context.onCancel(told::countDown);
        }
        sleep(nap.millis(), told, context);
        if (nap.failTimes() != null && context.life() == 1 && context.attempt() <= nap.failTimes()) {
            String message = "attempt " + context.attempt() + " of " + nap.failTimes() + " that fail";
            throw Boolean.TRUE.equals(nap.permanent()) ? new PermanentFailure(message) : new TemporaryFailure(message);
        }
        context.log("slept for " + nap.millis() + " ms");
        return new Slept(nap.millis(), context.attempt());
    }

    private void sleep(long millis, CountDownLatch told, TaskContext context) throws InterruptedException {
        long step = Math.max(SHORTEST_STEP_MILLIS, millis / STEPS);
        long begun = time.nanos();
        long slept = 0;
        while (slept < millis) {
            if (told.await(Math.min(step, millis - slept), TimeUnit.MILLISECONDS)) {
                throw new TemporaryFailure("told to stop after " + slept + " ms");
            }
            slept = Duration.ofNanos(time.nanos() - begun).toMillis();
            context.progress((int) Math.min(STEPS, slept * STEPS / millis), "slept for " + slept + " ms");
        }
    }
}
