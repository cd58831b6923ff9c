package io.drawdown.sessions.document;

import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
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
import org.jspecify.annotations.Nullable;

/**
 * Publishes the life-cycle events in the sessions' documents, in order per session, at least once. Unlike an account a
 * session has no ledger: its document keeps everything. A sweep finds the events that a crash left unpublished.
 */
public final class SessionOutbox implements Destination<SessionOutbox.Outgoing> {

    public static final String SOURCE = "session-service";

    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(4);
    private static final int PAGE = 500;

    private final SessionStore store;
    private final EventPublisher publisher;
    private final Time time;
    private final PeriodicTask sweeps;
    private final Listener listener;
    private final Relay<Outgoing> relay;

    /** An event with the context of the request that caused it. */
    public record Outgoing(SessionEvent event, @Nullable TraceContext trace) {

        private static Outgoing of(SessionDocument document, SessionEvent event) {
            return new Outgoing(event, document.traceOf(event));
        }
    }

    /** Hears how far the outbox is. */
    public interface Listener {
        /** These are gone from the stored documents. */
        void trimmed(Map<String, Long> drainedTo);

        /** The sweep found events of it that are not published yet, so nobody may have heard of its end. */
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

    /** Stops the sweep, so that nothing is published once the publisher is closed. */
    public void stop() {
        sweeps.stop();
    }

    /** From now on events are published and trimmed at once. */
    public void finish() {
        relay.finish();
    }

    /** Whether everything is published and gone from the documents. */
    public boolean isDrained() {
        return relay.aggregates() == 0;
    }

    public void offer(SessionDocument written) {
        List<Outgoing> events = written.outbox().events().stream()
                .map(event -> Outgoing.of(written, event))
                .toList();
        relay.offer(written.id(), events);
    }

    /** The document that is written next: without the events that are published. */
    public SessionDocument stamp(SessionDocument decided, String writeId) {
        return decided.written(writeId, relay.drainedTo(decided.id()));
    }

    public int backlog() {
        return relay.backlog();
    }

    /** Publishes the end once more, which may have been missed. If it is lost again, it will be asked for again. */
    public Uni<Void> repeatEnd(SessionDocument ended) {
        return publisher.publish(Topic.SESSION_LIFECYCLE, eventOf(Outgoing.of(ended, ended.endedEvent())));
    }

    @Override
    public long seq(Outgoing item) {
        return item.event().seq();
    }

    @Override
    public Uni<Set<String>> record(Map<String, List<Outgoing>> items) {
        return Uni.createFrom().item(Set.of());
    }

    @Override
    public Uni<Integer> publish(String sessionId, List<Outgoing> items) {
        return publisher.publishInOrder(
                Topic.SESSION_LIFECYCLE,
                items.stream().map(SessionOutbox::eventOf).toList());
    }

    private static CloudEvent eventOf(Outgoing item) {
        SessionEvent event = item.event();
        CloudEvent cloudEvent = new CloudEvent(
                event.id(),
                event.type().eventType(),
                SOURCE,
                event.sessionId(),
                event.at(),
                event.accountId(),
                Json.bytes(event));
        return cloudEvent.causedBy(item.trace());
    }

    @Override
    public Uni<Map<String, List<Outgoing>>> trim(Map<String, Long> drainedTo) {
        return store.trim(drainedTo)
                .invoke(() -> listener.trimmed(drainedTo))
                .replaceWith(Map.<String, List<Outgoing>>of());
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

    /** The writer of a fresh event publishes it. A time in the future is of another clock, so the event is not fresh. */
    private static boolean isFresh(SessionDocument pending, Instant now) {
        return pending.outbox().events().stream()
                .limit(1)
                .map(SessionEvent::at)
                .anyMatch(at -> !at.isAfter(now) && at.isAfter(now.minus(FRESH)));
    }
}
