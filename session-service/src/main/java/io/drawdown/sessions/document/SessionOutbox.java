package io.drawdown.sessions.document;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbox.Destination;
import io.drawdown.kit.outbox.Relay;
import io.drawdown.kit.outbox.RelayLimits;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Takes life-cycle events from the sessions' documents to their topic, in order per session, at least once. There are
 * no rows to write: the document keeps what it says. A sweep finds what a crash left behind.
 */
public final class SessionOutbox implements Destination<SessionEvent> {

    public static final String SOURCE = "session-service";

    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(4);
    private static final int PAGE = 500;

    private final SessionStore store;
    private final EventPublisher publisher;
    private final Time time;
    private final PeriodicTask sweeps;
    private final Listener listener;
    private final Relay<SessionEvent> relay;

    /** Who wants to know how far it is. */
    public interface Listener {
        /** These are gone from the stored documents. */
        void trimmed(Map<String, Long> drainedTo);

        /** Its events are not published yet, as the sweep found it; so nobody may have heard of its end. */
        void unpublished(SessionDocument document);
    }

    public SessionOutbox(
            SessionStore store,
            EventPublisher publisher,
            Listener listener,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.publisher = publisher;
        this.time = time;
        this.sweeps = PeriodicTask.of("session outbox sweep", scheduler, SWEEP, this::sweep);
        this.listener = listener;
        this.relay = new Relay<>(this, scheduler, RelayLimits.OF_ONE_OWNER, random);
    }

    public void start() {
        sweeps.startNow();
    }

    /** Looks for nothing more, so that nothing is published once the publisher is closed. */
    public void stop() {
        sweeps.stop();
    }

    /** Nothing waits for quiet any more. */
    public void finish() {
        relay.finish();
    }

    /** Whether everything is published and gone from the documents. */
    public boolean isDrained() {
        return relay.keys() == 0;
    }

    public void offer(SessionDocument written) {
        relay.offer(written.id(), written.outbox().events());
    }

    long drainedTo(String sessionId) {
        return relay.drainedTo(sessionId);
    }

    public int backlog() {
        return relay.backlog();
    }

    /** Publishes once more what may have been missed; losing it again is no loss, it will be asked for again. */
    public Uni<Void> repeat(SessionEvent event) {
        return publish(event.sessionId(), event);
    }

    @Override
    public long seq(SessionEvent item) {
        return item.seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<SessionEvent>> items) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Void> publish(String key, SessionEvent event) {
        CloudEvent cloudEvent = new CloudEvent(
                event.id(),
                event.type().eventType(),
                SOURCE,
                event.sessionId(),
                event.at(),
                event.accountId(),
                Json.bytes(event));
        return publisher.publish(Topic.SESSION_LIFECYCLE, cloudEvent);
    }

    @Override
    public Uni<Map<String, List<SessionEvent>>> trim(Map<String, Long> drainedTo) {
        return store.trim(drainedTo)
                .invoke(() -> listener.trimmed(drainedTo))
                .replaceWith(Map.<String, List<SessionEvent>>of());
    }

    private Uni<Void> sweep() {
        return store.pending(PAGE).invoke(this::found).replaceWithVoid();
    }

    private void found(List<SessionDocument> pending) {
        if (sweeps.isRunning()) {
            Instant now = time.now();
            pending.stream().filter(document -> !isFresh(document, now)).forEach(this::offer);
            pending.forEach(listener::unpublished);
        }
    }

    /** Whoever wrote it publishes it; an event whose time has not come was written by another clock and says nothing. */
    private static boolean isFresh(SessionDocument pending, Instant now) {
        return pending.outbox().events().stream()
                .limit(1)
                .map(SessionEvent::at)
                .anyMatch(at -> !at.isAfter(now) && at.isAfter(now.minus(FRESH)));
    }
}
