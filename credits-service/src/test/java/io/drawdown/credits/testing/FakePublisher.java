package io.drawdown.credits.testing;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was published, in order. */
public final class FakePublisher implements EventPublisher {

    public final Faults faults;
    public final List<CloudEvent> events = new ArrayList<>();

    public FakePublisher(ManualTime time) {
        faults = new Faults(time);
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return faults.<Optional<Void>>write(() -> add(event), () -> add(event)).replaceWithVoid();
    }

    private Optional<Void> add(CloudEvent event) {
        events.add(event);
        return Optional.empty();
    }

    /** The ids of the events of an account, in the order in which they came. */
    public List<String> ids(String accountId) {
        return events.stream()
                .filter(event -> event.key().equals(accountId))
                .map(CloudEvent::id)
                .toList();
    }

    public List<AccountEvent> decoded() {
        return events.stream()
                .map(event -> Json.read(event.data(), AccountEvent.class))
                .toList();
    }
}
