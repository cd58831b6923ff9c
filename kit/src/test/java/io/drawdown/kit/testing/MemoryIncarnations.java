package io.drawdown.kit.testing;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Leases in memory, 1 ms away, with the guards of the real store; can be away. */
public final class MemoryIncarnations implements IncarnationStore {

    public final Map<String, Incarnation> incarnations = new TreeMap<>();
    public boolean away;

    /** So many of the next registrations and renewals take so long. */
    public int late;

    public Duration lateBy = Duration.ZERO;

    /** Runs when a request to fence arrives, before it is served; what it throws is the answer. */
    public Runnable beforeFencing = () -> {};

    private final Time time;
    private final Answers answers;

    /** What lies between the store and who asks, e.g. {@link ManualTime#answer(Duration, Supplier)}. */
    public interface Answers {
        <T> Uni<T> answer(Duration delay, Supplier<? extends T> effect);
    }

    /** @param time of the database */
    public MemoryIncarnations(Time time, Answers answers) {
        this.time = time;
        this.answers = answers;
    }

    @Override
    public Uni<Void> register(String incarnation, String instance) {
        return answer(delay(), () -> {
            Incarnation first = Incarnation.first(incarnation, instance, time.now());
            incarnations.merge(incarnation, first, (there, ignored) -> there.renewed(time.now()));
            return null;
        });
    }

    @Override
    public Uni<Boolean> renew(String incarnation) {
        return answer(delay(), () -> {
            Incarnation there = incarnations.get(incarnation);
            if (there == null || there.fenced()) {
                return false;
            }
            incarnations.put(incarnation, there.renewed(time.now()));
            return true;
        });
    }

    private Duration delay() {
        Duration delay = late > 0 ? lateBy : Duration.ofMillis(1);
        late = Math.max(0, late - 1);
        return delay;
    }

    @Override
    public Uni<Optional<Incarnation>> get(String incarnation) {
        return answer(() -> Optional.ofNullable(incarnations.get(incarnation)));
    }

    @Override
    public Uni<Void> fence(Incarnation seen) {
        return answer(() -> {
            beforeFencing.run();
            incarnations.computeIfPresent(
                    seen.id(),
                    (id, there) -> Objects.equals(there.renewals(), seen.renewals()) ? there.asFenced() : there);
            return null;
        });
    }

    @Override
    public Uni<Void> release(String incarnation) {
        return answer(() -> {
            incarnations.computeIfPresent(incarnation, (id, there) -> there.asReleased());
            return null;
        });
    }

    @Override
    public Uni<Void> survived(String incarnation) {
        return answer(() -> {
            incarnations.computeIfPresent(incarnation, (id, there) -> there.asSurvivor());
            return null;
        });
    }

    @Override
    public Uni<List<Incarnation>> others(String incarnation, int limit) {
        return answer(() -> those(each -> !each.fenced() && !each.id().equals(incarnation))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<String>> fencedSince(Instant since, int limit) {
        return answer(() -> those(each -> each.fenced() && each.renewedAt().isAfter(since))
                .sorted(Comparator.comparing(Incarnation::renewedAt).reversed())
                .limit(limit)
                .map(Incarnation::id)
                .toList());
    }

    @Override
    public Uni<Void> removeFencedBefore(Instant renewed) {
        return answer(() -> {
            incarnations
                    .values()
                    .removeIf(each -> each.fenced() && each.renewedAt().isBefore(renewed));
            return null;
        });
    }

    /** What another does when it takes over. */
    public void fenceNow(String incarnation) {
        incarnations.computeIfPresent(incarnation, (id, there) -> there.asFenced());
    }

    private Stream<Incarnation> those(Predicate<Incarnation> which) {
        return incarnations.values().stream().filter(which);
    }

    private <T> Uni<T> answer(Supplier<T> effect) {
        return answer(Duration.ofMillis(1), effect);
    }

    private <T> Uni<T> answer(Duration delay, Supplier<T> effect) {
        return answers.answer(delay, () -> {
            if (away) {
                throw new Unavailable("the leases are away");
            }
            return effect.get();
        });
    }
}
