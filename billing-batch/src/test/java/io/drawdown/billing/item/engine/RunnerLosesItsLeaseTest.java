package io.drawdown.billing.item.engine;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.testing.PlainFence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The fence of a run is asked before each write of an item, but for what a call has brought. */
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

    @Test
    void doubtOfTheLeaseWhileAFreePlaceIsAskedForChargesNothing() {
        // Given: the lease is in doubt for the first writes, then it is renewed
        world.queue("acme", 1, "fp-1");
        int[] asked = new int[1];
        RunFence doubted = new RunFence() {
            @Override
            public long number() {
                return 1;
            }

            @Override
            public boolean mayWrite() {
                return ++asked[0] > 4;
            }
        };
        // When
        world.answer(world.run(doubted).page(world.due(100)));
        // Then
        assertThat(world.bank.confirmed).isZero();
        assertThat(world.counts.cents).isZero();
        // When
        world.answer(world.run(new PlainFence(2)).page(world.due(100)));
        // Then
        assertThat(world.counts.free).isOne();
    }

    @ParameterizedTest
    @MethodSource
    void answerToATryIsStoredAlsoIfItsTurnEndedMeanwhile(Posting answer, ItemStatus status) {
        // Given
        world.queue("acme", 1, "fp-1");
        PlainFence fence = new PlainFence(5);
        world.whenPosted = () -> {
            fence.lose();
            return answer;
        };
        // When
        world.answer(world.run(fence).page(world.due(100)));
        // Then
        ItemDocument item = world.store.documents.values().iterator().next();
        assertThat(item.status()).isEqualTo(status);
        assertThat(item.fence()).isEqualTo(5);
    }

    static List<Arguments> answerToATryIsStoredAlsoIfItsTurnEndedMeanwhile() {
        return List.of(
                Arguments.of(new Posting.Posted(null), ItemStatus.PUBLISHED),
                Arguments.of(Posting.refused(PublishFault.NOT_IN_CHANNEL), ItemStatus.PUBLISH_FAILED),
                Arguments.of(
                        new Posting.Refused(PublishFault.RATE_LIMITED, Optional.of(Duration.ofMinutes(10))),
                        ItemStatus.PUBLISH_FAILED));
    }

    @Test
    void answerToATryLeavesTheFenceOfALaterRunInTheDocument() {
        // Given
        world.queue("acme", 1, "fp-1");
        PlainFence former = new PlainFence(5);
        world.whenPosted = () -> {
            former.lose();
            world.store.documents.replaceAll((id, item) -> item.under(9).written("of-a-later-run"));
            return new Posting.Posted(null);
        };
        // When
        world.answer(world.run(former).page(world.due(100)));
        // Then
        ItemDocument item = world.store.documents.values().iterator().next();
        assertThat(item.status()).isEqualTo(ItemStatus.PUBLISHED);
        assertThat(item.fence()).isEqualTo(9);
    }
}
