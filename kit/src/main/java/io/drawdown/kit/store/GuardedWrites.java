package io.drawdown.kit.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Changes a document: decides, replaces it if nobody was faster, else reads it and decides again, at most 16 times. The
 * answer is the document as it is in the store afterwards: changed by this write, or one to which the rule does not apply.
 * In that case it was read after the call began, so a client may be told of it. Fails with {@code Unavailable} only if the
 * change did not happen and will not, else with {@code OutcomeUnknown}.
 *
 * <p>Belongs to the thread of its scheduler.
 */
public final class GuardedWrites<D extends GuardedDocument> {

    /** Decides a change. */
    public interface Rule<D> {
        /** What the current document becomes; null if the rule does not apply to it. */
        @Nullable
        D apply(D current, Instant now);
    }

    /** Hears what became of documents. */
    public interface Listener<D> {
        /** Gets every document that is answered, stored by this or found, so that its outbox is drained. */
        void offered(D document);

        /**
         * A write of this is in the store.
         *
         * @param before what it replaced; null: it is new
         */
        default void written(@Nullable D before, D next) {}
    }

    static final int MOST_TRIES = 16;

    private static final Backoff LOST_RACE = Backoff.constant(Duration.ofMillis(20));

    private final GuardedStore<D> store;
    private final BiFunction<D, String, D> stamp;
    private final Listener<D> listener;
    private final Time time;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final RandomIds writeIds;

    /**
     * @param stamp makes of a document that was decided on, and a new {@code writeId}, the one to write: one {@code rev}
     *     further
     */
    public GuardedWrites(
            GuardedStore<D> store,
            BiFunction<D, String, D> stamp,
            Listener<D> listener,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.stamp = stamp;
        this.listener = listener;
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
        this.writeIds = new RandomIds(random);
    }

    /** The document as it is stored; empty if there is one with this id, and nothing was written. */
    public Uni<Optional<D>> insert(D document) {
        return Uni.createFrom().deferred(() -> {
            D first = stamp.apply(document, writeIds.get());
            return store.insert(first)
                    .map(inserted -> inserted ? Optional.of(first) : Optional.<D>empty())
                    .invoke(inserted -> inserted.ifPresent(next -> written(null, next)));
        });
    }

    /** @param seen a copy that may be old: a change of it is written only if the store still has that revision */
    public Uni<D> change(D seen, Rule<D> rule) {
        return Uni.createFrom().deferred(() -> {
            Change change = new Change(rule);
            D next = rule.apply(seen, time.now());
            Uni<D> written = next == null ? change.reread(seen.id()) : change.replace(seen, next);
            return written.onFailure().transform(change.handed::fault);
        });
    }

    /** One change under way, with those of its writes that may have happened. */
    private final class Change {

        private final Rule<D> rule;
        private final HandedWrites handed = new HandedWrites();
        private int tries;

        Change(Rule<D> rule) {
            this.rule = rule;
        }

        Uni<D> reread(String id) {
            return read(id).chain(found -> decide(found.orElseThrow(() -> new IllegalStateException("gone: " + id))));
        }

        private Uni<Optional<D>> read(String id) {
            return store.get(id).invoke(found -> found.ifPresent(there -> handed.seen(there.rev(), there.writeId())));
        }

        private Uni<D> decide(D fresh) {
            D next = rule.apply(fresh, time.now());
            if (next != null) {
                return replace(fresh, next);
            }
            if (handed.mayArrive()) {
                return Uni.createFrom().failure(new OutcomeUnknown("an earlier write may still arrive: " + fresh.id()));
            }
            return answer(fresh);
        }

        Uni<D> replace(D before, D decided) {
            if (tries++ == MOST_TRIES) {
                return Uni.createFrom().failure(new Unavailable("lost the race for " + decided.id() + " too often"));
            }
            D next = stamp.apply(decided, writeIds.get());
            handed.hand(before.rev(), next.writeId());
            return store.replace(before, next)
                    .invoke(won -> handed.resolved(next.writeId()))
                    .onFailure(Unavailable.class)
                    .invoke(fault -> handed.resolved(next.writeId()))
                    .onFailure(OutcomeUnknown.class)
                    .recoverWithUni(() -> isWritten(next))
                    .chain(won -> won ? stored(before, next) : pause().chain(() -> reread(next.id())));
        }

        private Uni<D> stored(D before, D next) {
            written(before, next);
            return Uni.createFrom().item(next);
        }

        private Uni<Boolean> isWritten(D next) {
            return read(next.id())
                    .map(found -> found.isPresent() && found.get().writeId().equals(next.writeId()));
        }
    }

    private void written(@Nullable D before, D next) {
        listener.written(before, next);
        listener.offered(next);
    }

    private Uni<D> answer(D document) {
        listener.offered(document);
        return Uni.createFrom().item(document);
    }

    private Uni<Void> pause() {
        return scheduler.pause(LOST_RACE.delay(0, random));
    }
}
