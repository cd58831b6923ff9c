package io.drawdown.sessions.testing;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.sessions.recovery.HeartbeatHistory;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topics that the core writes, and their history. */
public final class MemoryBroker implements EventPublisher, HeartbeatHistory {

    public final List<SessionEvent> lifecycle = new ArrayList<>();
    /** Of the requests that caused the events of {@link #lifecycle}. */
    public final List<@Nullable TraceContext> traces = new ArrayList<>();

    public final List<CloudEvent> heartbeats = new ArrayList<>();
    public boolean away;
    public Consumer<SessionControl> control = told -> {};

    private final Network network;

    public MemoryBroker(Network network) {
        this.network = network;
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return network.answer(Duration.ofMillis(2), () -> {
            failIfAway();
            if (topic.equals(Topic.SESSION_HEARTBEAT)) {
                heartbeats.add(event);
            } else if (topic.equals(Topic.SESSION_CONTROL)) {
                control.accept(Json.read(event.data(), SessionControl.class));
            } else {
                traces.add(event.trace());
                lifecycle.add(Json.read(event.data(), SessionEvent.class));
            }
            return null;
        });
    }

    @Override
    public Uni<Heard> since(Instant from, Set<String> accountIds) {
        return network.answer(Duration.ofMillis(50), () -> {
            failIfAway();
            Greatest greatest = new Greatest(accountIds);
            heartbeats.stream()
                    .filter(event -> !event.time().isBefore(from))
                    .forEach(event -> greatest.take(Json.read(event.data(), Heartbeat.class)));
            return greatest.heard();
        });
    }

    /** All that heartbeats ever said. */
    public List<MeterReading> readings() {
        return heartbeats.stream()
                .flatMap(event -> Json.read(event.data(), Heartbeat.class).readings().stream())
                .toList();
    }

    /** Ended events of the session, each once. */
    public List<SessionEvent> ended(String sessionId) {
        return lifecycle.stream()
                .filter(event -> event.sessionId().equals(sessionId) && event.type() == SessionEvent.Type.ENDED)
                .distinct()
                .toList();
    }

    private void failIfAway() {
        if (away) {
            throw new Unavailable("the broker is away");
        }
    }
}
