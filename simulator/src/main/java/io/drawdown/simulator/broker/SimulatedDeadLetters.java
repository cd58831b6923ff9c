package io.drawdown.simulator.broker;

import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.events.Rejection;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The dead letters of one process, on the topic of its service. Only {@link UnreadableRecords} may be unreadable. */
public final class SimulatedDeadLetters implements DeadLetters {

    private final SimulationContext context;
    private final EventPublisher publisher;
    private final Topic topic;
    private final String writer;
    private int written;

    public SimulatedDeadLetters(SimulationContext context, Broker broker, Link link, Topic topic) {
        this.context = context;
        this.publisher = broker.publisher(link);
        this.topic = topic;
        this.writer = link.caller().name();
    }

    @Override
    public Uni<Void> unreadable(RawRecord record, String reason) {
        context.findings.expect(
                UnreadableRecords.is(record),
                "a record that can be applied is not dead-lettered",
                () -> writer + " dead-lettered " + record.header("ce_id") + ": " + reason);
        context.counts.count("dead letter of an unreadable record");
        return publish("unreadable", reason);
    }

    @Override
    public Uni<Void> rejected(Rejection rejection) {
        context.counts.count("dead letter of an entry");
        return publish(rejection.key(), rejection.reason());
    }

    private Uni<Void> publish(String key, String reason) {
        context.trace.say(writer, () -> "dead-letters a record of " + key + ": " + reason);
        String id = writer + " letter:" + ++written;
        return publisher.publish(
                topic, new CloudEvent(id, "letter", writer, key, Instant.EPOCH, key, reason.getBytes(UTF_8)));
    }
}
