package io.drawdown.sessions.sessions;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes a session's document: decide, replace if nobody was faster, else read and decide again. Whoever asks gets the
 * document as it is in the store afterwards, changed by this write or one on which the rule does not apply (read after
 * the question, so that it may be told to a client).
 */
final class GuardedWrites {

    /** What the document becomes, or null where the rule does not apply to it. */
    interface Rule extends Function<SessionDocument, @Nullable SessionDocument> {}

    private static final int MOST_TRIES = 16;
    private static final int JITTER_MILLIS = 20;

    private final SessionStore store;
    private final SessionOutbox outbox;
    private final Machinery machinery;

    GuardedWrites(SessionStore store, SessionOutbox outbox, Machinery machinery) {
        this.store = store;
        this.outbox = outbox;
        this.machinery = machinery;
    }

    /** @param seen a copy that may be old; it can only propose */
    Uni<SessionDocument> change(SessionDocument seen, Rule rule) {
        SessionDocument next = rule.apply(seen);
        return next == null ? reread(seen.id(), rule, 0) : replace(next, rule, 0);
    }

    private Uni<SessionDocument> reread(String id, Rule rule, int tries) {
        return store.get(id)
                .chain(found -> decide(found.orElseThrow(() -> new IllegalStateException("gone: " + id)), rule, tries));
    }

    private Uni<SessionDocument> decide(SessionDocument fresh, Rule rule, int tries) {
        SessionDocument next = rule.apply(fresh);
        if (next == null) {
            outbox.offer(fresh);
            return Uni.createFrom().item(fresh);
        }
        return replace(next, rule, tries);
    }

    private Uni<SessionDocument> replace(SessionDocument decided, Rule rule, int tries) {
        if (tries == MOST_TRIES) {
            return Uni.createFrom().failure(new Unavailable("lost the race for " + decided.id() + " too often"));
        }
        SessionDocument next = decided.written(machinery.randomId(), outbox.drainedTo(decided.id()));
        return store.replace(next)
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(() -> isWritten(next))
                .chain(won -> won ? written(next) : pause().chain(() -> reread(next.id(), rule, tries + 1)));
    }

    private Uni<Boolean> isWritten(SessionDocument next) {
        return store.get(next.id())
                .map(found -> found.isPresent() && found.get().writeId().equals(next.writeId()));
    }

    private Uni<SessionDocument> written(SessionDocument next) {
        outbox.offer(next);
        return Uni.createFrom().item(next);
    }

    private Uni<Void> pause() {
        Duration jitter = Duration.ofMillis(machinery.random().nextInt(JITTER_MILLIS));
        return Uni.createFrom().emitter(emitter -> machinery.scheduler().after(jitter, () -> emitter.complete(null)));
    }
}
