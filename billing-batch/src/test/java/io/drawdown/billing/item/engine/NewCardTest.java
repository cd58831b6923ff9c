package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NewCardTest {

    private final QueueWorld world = new QueueWorld();

    @Test
    void newCardMovesTheItemsOfItsPayerAtOnce() {
        // Given
        world.queue("acme", 6, "bad");
        world.answer(world.run().page(world.due(100)));
        // When
        world.answer(world.payers.attach("acme", "cus-acme", new Card("pm-2", "fp-2", "visa", "4242")));
        var unused = world.items.cardAttached("acme").subscribe().with(done -> {});
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(world.store.documents.values()).extracting(ItemDocument::status).containsOnly(ItemStatus.PUBLISHED);
        assertThat(world.bank.confirmed).isEqualTo(1 + 3);
    }

    @Test
    void newCardThatIsBadTooIsDeclinedOnce() {
        // Given
        world.queue("acme", 8, "bad");
        world.answer(world.run().page(world.due(100)));
        // When
        world.answer(world.payers.attach("acme", "cus-acme", new Card("pm-2", "bad", "visa", "0341")));
        var unused = world.items.cardAttached("acme").subscribe().with(done -> {});
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(world.bank.confirmed).isEqualTo(2);
    }
}
