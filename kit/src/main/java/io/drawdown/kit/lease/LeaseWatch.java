package io.drawdown.kit.lease;

import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fences incarnations whose lease has run out, and no others. It trusts no database clock, because such a clock may be set,
 * or be another one after a fail-over. It watches instead: if it has seen an incarnation's renewals stand still for a
 * whole lease, by the monotonic clock of this process, it fences that incarnation. The write names the count of renewals
 * that was seen, so a renewal in between wins.
 *
 * <p>Between two looks at most twice the usual time counts: while this process slept, or could not reach the leases, the
 * other may have been unable to renew too.
 */
public final class LeaseWatch {

    private static final int LOOKS_COUNTED = 2;

    private final IncarnationStore store;
    private final LeaseTerms terms;
    private final Time time;
    private final Map<String, Watched> watched = new HashMap<>();

    public LeaseWatch(IncarnationStore store, LeaseTerms terms, Time time) {
        this.store = store;
        this.terms = terms;
        this.time = time;
    }

    /** What is known of another incarnation. */
    public sealed interface Liveness {
        /** It will not write any more, and did not renew after {@code lastRenewed}. */
        record Fenced(Instant lastRenewed) implements Liveness {}

        /** Its lease has not been seen to run out. */
        record Alive() implements Liveness {}

        /** There is no such incarnation. */
        record Unknown() implements Liveness {}
    }

    /** @param lookedNanos monotonic time of the last look */
    private record Watched(@Nullable Long renewals, Duration stoodStill, long lookedNanos) {}

    /** How often to look at an incarnation that may be dead. */
    public Duration interval() {
        return terms.look();
    }

    /** Looks at the incarnation once more, and fences it if it has stalled for long enough. */
    public Uni<Liveness> look(String incarnation) {
        return store.get(incarnation).chain(found -> {
            boolean ranOut = found.isPresent() && !found.get().fenced() && standsStill(found.get());
            return ranOut
                    ? store.fence(found.get())
                            .chain(() -> store.get(incarnation))
                            .map(now -> liveness(incarnation, now))
                    : Uni.createFrom().item(liveness(incarnation, found));
        });
    }

    /** Forgets all that was seen: an incarnation that is looked at again is watched from the beginning. */
    public void forget() {
        watched.clear();
    }

    /** The others are not looked at any more. */
    public void keepOnly(Set<String> incarnations) {
        watched.keySet().retainAll(incarnations);
    }

    /**
     * Looks at an incarnation that was read, perhaps not as a majority has it. Answers whether its renewals have been seen to
     * stand still for a whole lease: then it may be fenced, by {@link #look}.
     */
    public boolean standsStill(Incarnation seen) {
        long now = time.nanos();
        Watched next = watched.merge(
                seen.id(),
                new Watched(seen.renewals(), Duration.ZERO, now),
                (before, first) -> Objects.equals(before.renewals, seen.renewals()) ? longer(before, now) : first);
        return next.stoodStill.compareTo(terms.length()) >= 0;
    }

    private Watched longer(Watched before, long now) {
        Duration between = Duration.ofNanos(now - before.lookedNanos);
        Duration most = terms.look().multipliedBy(LOOKS_COUNTED);
        boolean isLong = between.compareTo(most) > 0;
        return new Watched(before.renewals, before.stoodStill.plus(isLong ? most : between), now);
    }

    /** Once fenced, {@code renewedAt} does not change any more. */
    private Liveness liveness(String incarnation, Optional<Incarnation> found) {
        if (found.isPresent() && !found.get().fenced()) {
            return new Liveness.Alive();
        }
        watched.remove(incarnation);
        return found.<Liveness>map(fenced -> new Liveness.Fenced(fenced.renewedAt()))
                .orElseGet(Liveness.Unknown::new);
    }
}
