package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.testing.PlainFence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The fence of a run is asked before each write of an item. */
class RunnerLosesItsLeaseTest {

    private final QueueWorld world = new QueueWorld();

    @Test
    void runnerThatLosesItsLeaseInTheMiddleWritesNoItemAndTheNextChargesNoneAgain() {
        // Given
        world.queue("acme", 6, "fp-1");
        PlainFence first = new PlainFence(1);
        List<String> atTheLoss = new ArrayList<>();
        world.bank.whenConfirmed = () -> {
            first.lose();
            atTheLoss.addAll(world.charges());
        };
        // When
        world.answer(world.run(first).page(world.due(100)));
        // Then
        assertThat(world.charges()).isEqualTo(atTheLoss);
        assertThat(world.bank.confirmed).isOne();
        // When
        world.bank.whenConfirmed = () -> {};
        world.time.advance(Duration.ofMinutes(2));
        world.answer(world.run(new PlainFence(2)).page(world.due(100)));
        // Then
        assertThat(world.store.documents.values())
                .extracting(ItemDocument::status)
                .containsOnly(ItemStatus.PUBLISHED);
        assertThat(world.bank.confirmed).isEqualTo(3);
    }

    @Test
    void formerRunWritesNothingThatALaterOneHasWritten() {
        // Given
        world.queue("acme", 4, "bad");
        world.answer(world.run(new PlainFence(8)).page(world.due(100)));
        world.answer(world.payers.attach("acme", "cus-acme", new Card("pm-2", "fp-2", "visa", "4242")));
        world.time.advance(Duration.ofDays(2));
        List<String> before = world.charges();
        // When
        world.answer(world.run(new PlainFence(7)).page(world.due(100)));
        // Then
        assertThat(world.charges()).isEqualTo(before);
        assertThat(world.bank.confirmed).isOne();
    }
}
