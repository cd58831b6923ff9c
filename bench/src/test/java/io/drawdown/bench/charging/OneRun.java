package io.drawdown.bench.charging;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.RunFence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One run, which nobody takes over, with what became of its items. */
final class OneRun implements BatchContext {

    private final Instant asOf;
    private final long until;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** @param lasts how long it may go on */
    OneRun(Instant asOf, Duration lasts) {
        this.asOf = asOf;
        this.until = System.nanoTime() + lasts.toNanos();
    }

    /** @throws IllegalStateException unless so many items were charged and published, and no other */
    void require(int items) {
        if (count("processed_count") != items || count("charged_count") != items || count("skipped_count") > 0) {
            throw new IllegalStateException("of " + items + " items there are " + counts);
        }
        requireNoFailure();
    }

    /** @throws IllegalStateException if something failed, or nothing was charged, or nothing left alone */
    void requireBothKinds() {
        if (count("charged_count") == 0 || count("skipped_count") == 0) {
            throw new IllegalStateException("only one kind of items: " + counts);
        }
        requireNoFailure();
    }

    private void requireNoFailure() {
        if (count("failed_count") > 0) {
            throw new IllegalStateException("items have failed: " + counts);
        }
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    @Override
    public Instant asOf() {
        return asOf;
    }

    @Override
    public boolean isDryRun() {
        return false;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    @Override
    public boolean mayGoOn() {
        return System.nanoTime() < until;
    }

    @Override
    public Optional<String> cursor() {
        return Optional.empty();
    }

    @Override
    public void save(String cursor) {}

    @Override
    public void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    @Override
    public void progress(String note) {}

    @Override
    public <T> Optional<T> effect(Supplier<T> effect) {
        return Optional.of(effect.get());
    }

    @Override
    public RunFence fence() {
        return new RunFence() {

            @Override
            public long number() {
                return 1;
            }

            @Override
            public boolean mayWrite() {
                return true;
            }
        };
    }
}
