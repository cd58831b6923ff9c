package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.store.ItemOutbox;
import io.drawdown.contracts.ItemEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ItemEventsTest {

    private final QueueWorld world = new QueueWorld();

    private static ItemSpec at(long priceCents) {
        return new ItemSpec("acme", "page-1", "Page", "ada", priceCents);
    }

    @Test
    void eventThatAnotherInstancePublishesLateTellsThePriceOfItsLife() {
        // Given
        world.isBrokerAway = true;
        ItemDocument queued = world.answer(world.items.queue(at(799))).item();
        world.answer(world.items.cancel(queued, "cancelled", Duration.ofMinutes(1)));
        world.answer(world.items.queue(at(500)));
        List<ItemEvent> events = new ArrayList<>();
        EventPublisher broker = (topic, event) -> {
            events.add(Json.read(event.data(), ItemEvent.class));
            return Uni.createFrom().voidItem();
        };
        // When
        world.time.advance(Duration.ofMinutes(1));
        new ItemOutbox(world.store, broker, world.time, world.time, new Random(4)).start();
        world.time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(events).extracting(ItemEvent::priceCents).containsExactly(799L, 799L, 500L);
    }
}
