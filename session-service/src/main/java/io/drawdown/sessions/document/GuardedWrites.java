package io.drawdown.sessions.document;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.HandedWrites;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Changes a session's document: decides, replaces it if nobody was faster, else reads it and decides again. The answer is
 * the document as it is in the store afterwards: changed by this write, or one to which the rule does not apply. In that
 * case it was read after the call began, so a client may be told of it.
 */
public final class GuardedWrites {

    /** Decides a change. */
    public interface Rule {
        /** What the current document becomes; null if the rule does not apply to it. */
        @Nullable
        SessionDocument apply(SessionDocument current, Instant now);
    }

    private static final int MOST_TRIES = 16;
    private static final Backoff LOST_RACE = Backoff.constant(Duration.ofMillis(20));

    private final SessionStore store;
    private final SessionOutbox outbox;
    private final Time time;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final RandomIds writeIds;

    public GuardedWrites(
            SessionStore store, SessionOutbox outbox, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.outbox = outbox;
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
        this.writeIds = new RandomIds(random);
    }

    /** The document as it is stored; empty if there is one with this id, and nothing was written. */
    public Uni<Optional<SessionDocument>> insert(SessionDocument document) {
        return Uni.createFrom().deferred(() -> {
            SessionDocument first = document.written(writeIds.get(), 0);
            return store.insert(first)
                    .map(inserted -> inserted ? Optional.of(first) : Optional.<SessionDocument>empty())
                    .invoke(inserted -> inserted.ifPresent(outbox::offer));
        });
    }

    /** @param seen a copy that may be old: a change of it is written only if the store still has that revision */
    public Uni<SessionDocument> change(SessionDocument seen, Rule rule) {
        return Uni.createFrom().deferred(() -> {
            Change change = new Change(rule);
            SessionDocument next = rule.apply(seen, time.now());
            Uni<SessionDocument> written = next == null ? change.reread(seen.id()) : change.replace(next);
            return written.onFailure().transform(change.handed::fault);
        });
    }

    /** One change under way, with those of its writes that may have happened. */
    private final class Change {

        private final Rule rule;
        private final HandedWrites handed = new HandedWrites();
        private int tries;

        Change(Rule rule) {
            this.rule = rule;
        }

        Uni<SessionDocument> reread(String id) {
            return read(id).chain(found -> decide(found.orElseThrow(() -> new IllegalStateException("gone: " + id))));
        }

        private Uni<Optional<SessionDocument>> read(String id) {
            return store.get(id).invoke(found -> found.ifPresent(there -> handed.seen(there.rev(), there.writeId())));
        }

        private Uni<SessionDocument> decide(SessionDocument fresh) {
            SessionDocument next = rule.apply(fresh, time.now());
            if (next != null) {
                return replace(next);
            }
            if (handed.mayArrive()) {
                return Uni.createFrom().failure(new OutcomeUnknown("an earlier write may still arrive: " + fresh.id()));
            }
            outbox.offer(fresh);
            return Uni.createFrom().item(fresh);
        }

        Uni<SessionDocument> replace(SessionDocument decided) {
            if (tries++ == MOST_TRIES) {
                return Uni.createFrom().failure(new Unavailable("lost the race for " + decided.id() + " too often"));
            }
            SessionDocument next = decided.written(writeIds.get(), outbox.drainedTo(decided.id()));
            handed.hand(next.rev() - 1, next.writeId());
            return store.replace(next)
                    .invoke(won -> handed.resolved(next.writeId()))
                    .onFailure(Unavailable.class)
                    .invoke(fault -> handed.resolved(next.writeId()))
                    .onFailure(OutcomeUnknown.class)
                    .recoverWithUni(() -> isWritten(next))
                    .chain(won -> won ? written(next) : pause().chain(() -> reread(next.id())));
        }

        private Uni<Boolean> isWritten(SessionDocument next) {
            return read(next.id())
                    .map(found -> found.isPresent() && found.get().writeId().equals(next.writeId()));
        }
    }

    private Uni<SessionDocument> written(SessionDocument next) {
        outbox.offer(next);
        return Uni.createFrom().item(next);
    }

    private Uni<Void> pause() {
        return scheduler.pause(LOST_RACE.delay(0, random));
    }
}
