package io.drawdown.simulator.owners;

import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.invariants.StatementInvariants;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Heartbeats and end events of one process, and the proofs that it reads from the broker. */
final class OwnerMessages {

    /** The only life-cycle event of such a session is its end. */
    private static final long SEQ_OF_THE_END = 1;

    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Link link;
    private final Broker broker;
    private final StatementInvariants statements;
    private final Database database;
    private long beats;

    OwnerMessages(Link link, Broker broker, StatementInvariants statements, Database database) {
        this.link = link;
        this.broker = broker;
        this.statements = statements;
        this.database = database;
    }

    /** Publishes a heartbeat. If it is lost, the next one replaces it. */
    void beat(MeterReading reading) {
        int partition = Partitions.of(reading.accountId(), Broker.PARTITIONS);
        String name = link.caller().name();
        CloudEvent event = new CloudEvent(
                        name + ":" + ++beats,
                        Heartbeat.EVENT_TYPE,
                        name,
                        name,
                        database.now(),
                        Integer.toString(partition),
                        Json.bytes(new Heartbeat(name, beats, List.of(reading))))
                .in(partition);
        broker.publisher(link)
                .publish(Topic.SESSION_HEARTBEAT, event)
                .subscribe()
                .with(done -> {}, fault -> {});
    }

    /** Finds the greatest total of the greatest epoch that was ever published; tries until it succeeds. */
    void proof(String session, Consumer<@Nullable MeterReading> then) {
        link.read(() -> statements.proof(session))
                .subscribe()
                .with(found -> then.accept(found.orElse(null)), fault -> link.caller()
                        .after(AGAIN, () -> proof(session, then)));
    }

    /** Publishes the end until the broker has it. */
    void say(Ownership ended, Runnable then) {
        ended(ended).subscribe().with(done -> then.run(), fault -> link.caller()
                .after(Duration.ofSeconds(1), () -> say(ended, then)));
    }

    private Uni<Void> ended(Ownership ownership) {
        Ownership.End end = ownership.end();
        if (end == null) {
            throw new IllegalStateException("has not ended: " + ownership);
        }
        SessionEvent event = new SessionEvent(
                SessionEvent.Type.ENDED,
                ownership.session(),
                SEQ_OF_THE_END,
                ownership.account(),
                ownership.kind(),
                ownership.epoch(),
                end.totalMillis(),
                database.now(),
                end.reason());
        return broker.publisher(link)
                .publish(
                        Topic.SESSION_LIFECYCLE,
                        new CloudEvent(
                                event.id(),
                                event.type().eventType(),
                                link.caller().name(),
                                event.sessionId(),
                                event.at(),
                                event.accountId(),
                                Json.bytes(event)));
    }
}
