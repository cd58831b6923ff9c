package io.drawdown.tasks.control;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.store.QueueStore;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Which queues are paused. A task of a paused type is accepted and waits; what runs goes on. Each instance reads the switches
 * with every renewal of its lease, so a pause holds everywhere within a few seconds.
 */
public final class Queues {

    private static final Logger LOG = Logger.getLogger(Queues.class);

    private final QueueStore store;
    private final Consumer<Set<String>> claims;
    private Set<String> paused = Set.of();
    private long asked;
    private long shown;

    /** @param claims hears which types are paused */
    public Queues(QueueStore store, Consumer<Set<String>> claims) {
        this.store = store;
        this.claims = claims;
    }

    /** Completes once it is stored and holds here. */
    public Uni<Void> pause(String type) {
        return set(type, true);
    }

    /** Completes once it is stored and holds here. */
    public Uni<Void> resume(String type) {
        return set(type, false);
    }

    /** What is stored did happen, even if nobody knows yet whether it holds here. */
    private Uni<Void> set(String type, boolean isPaused) {
        return store.set(type, isPaused).chain(() -> read().onFailure(Unavailable.class)
                .transform(fault -> new OutcomeUnknown("stored, but it may not hold yet", fault)));
    }

    /** Whether the queue was paused when this instance looked last. */
    public boolean isPaused(String type) {
        return paused.contains(type);
    }

    /** Looks which queues are paused. If that fails, what was known holds. */
    public void refresh() {
        read().subscribe().with(done -> {}, fault -> LOG.debugf("Switches of queues not read: fault=%s", fault));
    }

    private Uni<Void> read() {
        return Uni.createFrom().deferred(() -> {
            long question = ++asked;
            return store.paused().invoke(types -> found(types, question)).replaceWithVoid();
        });
    }

    /** An answer to an earlier question may be older than what is known. */
    private void found(Set<String> types, long question) {
        if (question > shown) {
            shown = question;
            paused = types;
            claims.accept(types);
        }
    }
}
