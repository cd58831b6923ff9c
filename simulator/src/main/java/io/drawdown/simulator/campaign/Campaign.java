package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.History.Outcome;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays many histories, one seed after the other, on several threads, until the plan is done or a history fails. Seeds are
 * taken in order, and each is played to its end, so the smallest failing seed is the same on any machine.
 */
public final class Campaign {

    private final Plan plan;
    private final LongFunction<Outcome> histories;
    private final long startedNanos = System.nanoTime();
    private final AtomicLong taken = new AtomicLong();
    private final Counts counts = new Counts();
    private long played;
    private long steps;
    private @Nullable Failure failure;
    private @Nullable Throwable fault;
    private volatile boolean stopped;

    /**
     * @param histories the most histories
     * @param limit no history begins after this time
     */
    public record Plan(long firstSeed, long histories, Duration limit, int threads) {}

    /** The histories that were played. */
    public record Tally(long histories, long steps, Counts counts, Duration duration) {}

    /** A history that broke an invariant. */
    public record Failure(long seed, Finding finding) {}

    /** @param failure the failure of the smallest seed */
    public record Result(Tally tally, Optional<Failure> failure) {}

    public Campaign(Plan plan, Scene scene, int meanSteps) {
        this(plan, seed -> History.of(Script.of(scene, seed, meanSteps), false));
    }

    Campaign(Plan plan, LongFunction<Outcome> histories) {
        this.plan = plan;
        this.histories = histories;
    }

    /** Plays the plan. {@code progress} is called once per second on the calling thread. */
    public Result run(Consumer<Tally> progress) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(plan.threads());
        for (int i = 1; i <= plan.threads(); i++) {
            Thread.ofPlatform().daemon().name("histories-" + i).start(() -> {
                work();
                working.countDown();
            });
        }
        while (!working.await(1, TimeUnit.SECONDS)) {
            progress.accept(tally());
        }
        return result();
    }

    /** Lets no more histories begin. */
    public void stop() {
        stopped = true;
    }

    private void work() {
        while (!stopped && System.nanoTime() - startedNanos < plan.limit().toNanos()) {
            long number = taken.getAndIncrement();
            if (number >= plan.histories()) {
                return;
            }
            long seed = plan.firstSeed() + number;
            try {
                add(seed, histories.apply(seed));
            } catch (RuntimeException | Error e) {
                broken(seed, e);
            }
        }
    }

    private synchronized void add(long seed, Outcome outcome) {
        played++;
        steps += outcome.steps();
        counts.addAll(outcome.counts());
        Finding finding = outcome.finding();
        if (finding != null) {
            if (failure == null || seed < failure.seed()) {
                failure = new Failure(seed, finding);
            }
            stopped = true;
        }
    }

    private synchronized void broken(long seed, Throwable e) {
        fault = new IllegalStateException("the history of seed " + seed + " cannot be played", e);
        stopped = true;
    }

    private synchronized Tally tally() {
        Counts copy = new Counts();
        copy.addAll(counts);
        return new Tally(played, steps, copy, Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    private synchronized Result result() {
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        return new Result(tally(), Optional.ofNullable(failure));
    }
}
