package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.testing.PlainFence;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueRunTest {

    private final QueueWorld world = new QueueWorld();

    @Test
    void thousandItemsOfOneTeamDoNotStarveOthers() {
        // Given
        world.queue("big", 1_000, "fp-big");
        world.queue("small", 10, "fp-small");
        world.queue("other", 10, "fp-other");
        // When
        List<ItemDocument> first = world.due(60);
        // Then
        assertThat(first.stream().filter(item -> !item.spec().team().equals("big")))
                .hasSize(20);
    }

    @Test
    void badCardIsDeclinedOnceForAllItemsOfItsTeam() {
        // Given
        world.queue("acme", 50, "bad");
        // When
        world.answer(world.run().page(world.due(500)));
        // Then
        assertThat(world.bank.confirmed).isOne();
        assertThat(world.counts.free).isEqualTo(3);
        assertThat(world.counts.processed).isEqualTo(3);
        assertThat(world.counts.failed).isOne();
        assertThat(world.counts.skipped).isEqualTo(46);
        assertThat(world.counts.cents).isZero();
    }

    @Test
    void manyTeamsAreServedAtTheSameTimeAndEachItemOnce() {
        // Given
        for (int n = 0; n < 200; n++) {
            world.queue("team-" + n, 4, "fp-" + n);
        }
        // When
        world.answer(world.run().page(world.due(1_000)));
        // Then
        assertThat(world.counts.processed).isEqualTo(800);
        assertThat(world.counts.cents).isEqualTo(200 * 799);
        assertThat(world.bank.mostAtOnce).isGreaterThan(32).isLessThanOrEqualTo(QueueRun.CONCURRENT);
        assertThat(world.posted).hasSize(800).doesNotHaveDuplicates();
    }

    @Test
    void forecastSaysWhatTheRunThenDoesAndChangesNothing() {
        // Given
        world.queue("acme", 5, "fp-1");
        world.queue("beta", 2, "fp-2");
        world.finish(Uni.createFrom().voidItem());
        QueueWorld.Counts foreseen = new QueueWorld.Counts();
        Map<String, ItemDocument> before = Map.copyOf(world.store.documents);
        // When
        world.finish(new Forecast(world.items, foreseen, world.time.now()).page(world.due(100)));
        // Then
        assertThat(world.store.documents).isEqualTo(before);
        // When
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(foreseen.processed).isEqualTo(world.counts.processed).isEqualTo(7);
        assertThat(foreseen.free).isEqualTo(world.counts.free).isEqualTo(5);
        assertThat(foreseen.cents).isEqualTo(world.counts.cents).isEqualTo(2 * 799);
    }

    @Test
    void forecastChargesNothingThatIsMoreThanTheOwnerOfTheCardAgreedTo() {
        // Given
        world.queue("acme", 4, "fp-1");
        world.consent("acme", 798);
        QueueWorld.Counts foreseen = new QueueWorld.Counts();
        // When
        world.finish(new Forecast(world.items, foreseen, world.time.now()).page(world.due(100)));
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(foreseen.cents).isEqualTo(world.counts.cents).isZero();
        assertThat(foreseen.skipped).isEqualTo(world.counts.skipped).isOne();
    }

    @Test
    void teamThatHasNotSaidWhereItsItemsArePublishedIsNotCharged() {
        // Given
        world.queue("acme", 5, "fp-1");
        world.forgetTarget("acme");
        QueueWorld.Counts foreseen = new QueueWorld.Counts();
        // When
        world.finish(new Forecast(world.items, foreseen, world.time.now()).page(world.due(100)));
        world.answer(world.run().page(world.due(100)));
        world.answer(world.run().page(world.due(100)));
        new ItemHints(world.items).cardAttached("acme");
        world.finish(Uni.createFrom().voidItem());
        for (ItemDocument item : world.due(100)) {
            world.answer(world.items.processNow(item, Duration.ofMinutes(1)));
        }
        // Then
        assertThat(world.bank.confirmed).isZero();
        assertThat(foreseen.cents).isEqualTo(world.counts.cents).isZero();
        // When
        world.queue("acme", 0, "fp-1");
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(world.bank.confirmed).isEqualTo(2);
        assertThat(world.counts.cents).isEqualTo(2 * 799);
    }

    @Test
    void teamThatCannotBePublishedForIsChargedNothingMoreInThisPass() {
        // Given
        world.queue("acme", 3, "fp-1");
        world.answer(world.run().page(world.due(100)));
        world.queue("acme", 10, "fp-1");
        world.whenPosted = () -> Posting.refused(PublishFault.CHANNEL_NOT_FOUND);
        // When
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(world.bank.confirmed).isOne();
        assertThat(world.counts.cents).isEqualTo(799);
    }

    @Test
    void forecastChargesNothingThatSomebodyWantsCancelled() {
        // Given
        world.queue("acme", 4, "bad");
        world.answer(world.run().page(world.due(100)));
        ItemDocument declined = world.store.documents.values().stream()
                .filter(item -> item.status() == ItemStatus.DECLINED)
                .findFirst()
                .orElseThrow();
        world.time.advance(Duration.ofDays(9));
        QueueWorld.Counts before = new QueueWorld.Counts();
        QueueWorld.Counts after = new QueueWorld.Counts();
        // When
        world.finish(new Forecast(world.items, before, world.time.now()).page(world.due(100)));
        world.store.documents.put(
                declined.id(), Objects.requireNonNull(ItemRules.wished(declined, "cancelled", world.time.now())));
        world.finish(new Forecast(world.items, after, world.time.now()).page(world.due(100)));
        // Then
        assertThat(before.cents).isEqualTo(799);
        assertThat(after.cents).isZero();
        assertThat(after.processed).isOne();
    }

    @Test
    void forecastOfALaterTimeKnowsThatACardHasRestedByThen() {
        // Given
        world.queue("acme", 4, "bad");
        world.answer(world.run().page(world.due(100)));
        Instant later = world.time.now().plus(Duration.ofDays(9));
        List<ItemDocument> due = world.answer(world.store.due(later, null, 100));
        QueueWorld.Counts foreseen = new QueueWorld.Counts();
        // When
        world.finish(new Forecast(world.items, foreseen, later).page(due));
        // Then
        assertThat(foreseen.cents).isEqualTo(799);
        assertThat(foreseen.skipped).isZero();
    }

    @Test
    void itemWhoseCallIsNotTakenKeepsNoOtherItemOfItsTeamWaiting() {
        // Given
        world.queue("acme", 6, "fp-1");
        world.bank.throttled = 1;
        // When
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(world.counts.skipped).isOne();
        assertThat(world.counts.cents).isEqualTo(2 * 799);
    }

    @Test
    void cardThatIsAttachedWhileAChargeIsUnderWayPaysForTheNextOne() {
        // Given
        world.queue("acme", 5, "fp-1");
        Card next = new Card("pm-2", "fp-2", "visa", "1111");
        world.bank.whenCreated = () -> {
            world.bank.whenCreated = () -> {};
            var unused =
                    world.payers.attach("acme", "cus-acme", next).subscribe().with(payer -> {});
        };
        // When
        world.answer(world.run().page(world.due(100)));
        // Then
        PayerDocument payer = world.answer(world.payers.find("acme")).orElseThrow();
        assertThat(payer.card()).isEqualTo(next);
        assertThat(payer.inFlight()).isNull();
        assertThat(world.counts.cents).isEqualTo(2 * 799);
    }

    @Test
    void placeThatWasGivenToAnItemAfterItWasPaidForIsTakenBack() {
        // Given
        world.queue("acme", 4, "fp-1");
        world.answer(world.run().page(world.due(100)));
        ItemDocument paid = world.store.documents.values().stream()
                .filter(item -> !item.isFree())
                .findFirst()
                .orElseThrow();
        world.place("acme", paid.chargeId());
        // When
        world.queue("acme", 5, "fp-1");
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(world.counts.free).isEqualTo(4);
        assertThat(world.counts.cents).isEqualTo(799);
    }

    @Test
    void withoutTimeNothingIsBegun() {
        // Given
        world.queue("acme", 5, "fp-1");
        QueueRun late = new QueueRun(world.items, new PlainFence(1), () -> Duration.ZERO, world.counts);
        // When
        boolean isComplete = world.answer(late.page(world.due(100)));
        // Then
        assertThat(isComplete).isFalse();
        assertThat(world.posted).isEmpty();
        assertThat(world.due(100)).hasSize(5);
    }

    private Throwable faultOf(Uni<ItemDocument> asked) {
        List<Throwable> faults = new ArrayList<>();
        var unused = asked.subscribe()
                .with(item -> faults.add(new AssertionError("answered: " + item.status())), faults::add);
        for (int i = 0; i < 1_000 && faults.isEmpty() && world.time.runNext(); i++) {}
        return faults.getFirst();
    }

    @Test
    void whatIsBegunForARequestIsNotSaidNotToHappen() {
        // Given
        world.queue("acme", 4, "bad");
        world.answer(world.run().page(world.due(4)));
        ItemDocument declined = world.store.documents.values().stream()
                .filter(item -> item.status() == ItemStatus.DECLINED)
                .findFirst()
                .orElseThrow();
        world.time.advance(Duration.ofDays(9));
        // When
        world.bank.whenConfirmed = () -> world.store.away = true;
        Throwable processed = faultOf(world.items.processNow(declined, Duration.ofSeconds(55)));
        world.store.away = false;
        world.store.awayOnceWritten = true;
        Throwable cancelled = faultOf(world.items.cancel(declined, "cancelled", Duration.ofSeconds(55)));
        // Then
        assertThat(List.of(processed, cancelled)).hasOnlyElementsOfType(OutcomeUnknown.class);
    }

    @Test
    void itemThatIsPublishedIsNotDueAnyMore() {
        // Given
        world.queue("acme", 5, "fp-1");
        // When
        world.answer(world.run().page(world.due(100)));
        // Then
        assertThat(world.due(100)).isEmpty();
        assertThat(world.store.documents.values())
                .extracting(ItemDocument::status)
                .containsOnly(ItemStatus.PUBLISHED);
    }
}
