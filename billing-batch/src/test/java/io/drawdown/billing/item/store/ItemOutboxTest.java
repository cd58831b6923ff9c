package io.drawdown.billing.item.store;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.testing.MemoryItems;
import io.drawdown.contracts.ItemEvent;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ItemOutboxTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualTime time = new ManualTime();
    private final List<ItemEvent> told = new ArrayList<>();
    private final ItemOutbox outbox = new ItemOutbox(
            new MemoryItems(time),
            (topic, event) -> {
                told.add(Json.read(event.data(), ItemEvent.class));
                return Uni.createFrom().voidItem();
            },
            time,
            time,
            new Random(1));

    private static ItemSpec costing(long cents) {
        return new ItemSpec("acme", "page-1", "Page", "ada", cents);
    }

    private static ItemDocument cancelled() {
        ItemDocument queued = ItemRules.queued(costing(799), NOW, NOW);
        ItemDocument owing = changed(ItemRules.decided(queued, queued.chargeId(), false, "payer-1", NOW));
        ItemDocument wished = changed(ItemRules.wished(owing, "cancelled", NOW));
        Charge charge = Objects.requireNonNull(wished.charge());
        return ItemRules.charged(wished, charge.cancelled(NOW), NOW);
    }

    @Test
    void eventsTellTheSumsOfTheirOwnLife() {
        // Given
        ItemDocument again = changed(ItemRules.queuedAgain(cancelled(), costing(500), NOW, NOW));
        // When
        outbox.offered(again);
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(told)
                .extracting(ItemEvent::life, ItemEvent::priceCents, ItemEvent::amountCents)
                .containsExactly(tuple(1, 799L, null), tuple(1, 799L, 799L), tuple(2, 500L, null));
    }
}
