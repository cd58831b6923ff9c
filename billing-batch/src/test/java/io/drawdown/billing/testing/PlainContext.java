package io.drawdown.billing.testing;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.RunFence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A context for the test of a process without a service: it may go on for as long as the test lets it. */
public final class PlainContext implements BatchContext {

    private final Instant asOf;
    private final boolean isDry;
    private final Map<String, Long> counts = new TreeMap<>();
    private @Nullable String cursor;
    private int stepsLeft = Integer.MAX_VALUE;

    public PlainContext(Instant asOf, boolean isDry) {
        this.asOf = asOf;
        this.isDry = isDry;
    }

    /** Its time is over. */
    public void stop() {
        goOn(0);
    }

    /** It may begin so many more pieces of work. */
    public void goOn(int steps) {
        stepsLeft = steps;
    }

    public Map<String, Long> counts() {
        return counts;
    }

    @Override
    public Instant asOf() {
        return asOf;
    }

    @Override
    public boolean isDryRun() {
        return isDry;
    }

    @Override
    public Duration remaining() {
        return stepsLeft == 0 ? Duration.ZERO : Duration.ofMinutes(1);
    }

    @Override
    public boolean mayGoOn() {
        return stepsLeft > 0 && stepsLeft-- > 0;
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    public void save(String reached) {
        cursor = reached;
    }

    @Override
    public void count(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    @Override
    public void progress(String note) {}

    @Override
    public <T> Optional<T> effect(Supplier<T> effect) {
        return isDry ? Optional.empty() : Optional.ofNullable(effect.get());
    }

    @Override
    public RunFence fence() {
        return new PlainFence(1);
    }
}
