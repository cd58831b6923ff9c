package io.drawdown.billing.item.engine;

import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.testing.MemoryGuarded;
import io.drawdown.billing.testing.MemoryItems;
import io.drawdown.billing.testing.MemoryTeams;
import io.drawdown.billing.testing.PlainFence;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueRunTest {

    private static final Duration CALL = Duration.ofMillis(200);

    private final ManualTime time = new ManualTime();
    private final MemoryItems store = new MemoryItems(time);
    private final Bank bank = new Bank();
    private final List<String> posted = new ArrayList<>();
    private final Payers payers = new Payers(new MemoryPayers(), time, time, new Random(1));
    private final Items items = items();
    private final Counts counts = new Counts();

    private final class MemoryPayers extends MemoryGuarded<PayerDocument> implements PayerStore {
        MemoryPayers() {
            super(time);
        }
    }

    /** Stripe, which declines the cards that are called bad. */
    private final class Bank implements Payments {

        int confirmed;
        int mostAtOnce;
        Runnable whenConfirmed = () -> {};
        private final Set<String> paid = new HashSet<>();
        private int atOnce;

        @Override
        public Duration longestCall() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Uni<StripeAccount> account() {
            return Uni.createFrom().item(new StripeAccount("acct_1", false));
        }

        @Override
        public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
            return answer(() -> {
                return shown("pi-" + chargeId, Status.REQUIRES_CONFIRMATION, creation.frozen());
            });
        }

        @Override
        public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
            return answer(() -> {
                confirmed++;
                whenConfirmed.run();
                if (attempt.card().fingerprint().equals("bad")) {
                    return new Answer.CardDeclined(
                            new Decline("card_declined", "insufficient_funds", null),
                            shown(intent.id(), Status.REQUIRES_PAYMENT_METHOD, intent.frozen())
                                    .view());
                }
                paid.add(intent.id());
                return shown(intent.id(), Status.SUCCEEDED, intent.frozen());
            });
        }

        @Override
        public Uni<Answer> retrieve(String intentId, Frozen frozen) {
            return answer(() -> shown(
                    intentId, paid.contains(intentId) ? Status.SUCCEEDED : Status.REQUIRES_CONFIRMATION, frozen));
        }

        @Override
        public Uni<Answer> cancel(Intent intent, String key) {
            return answer(() -> shown(intent.id(), Status.CANCELED, intent.frozen()));
        }

        private Uni<Answer> answer(Supplier<Answer> effect) {
            return Uni.createFrom().deferred(() -> {
                mostAtOnce = Math.max(mostAtOnce, ++atOnce);
                return time.answer(CALL, () -> {
                    atOnce--;
                    return effect.get();
                });
            });
        }

        private static Answer.Shown shown(String id, Status status, Frozen frozen) {
            return new Answer.Shown(
                    new IntentView(id, status, frozen.amountCents(), frozen.currency(), "ch-" + id, null));
        }
    }

    private static final class Counts implements Tally {
        int processed;
        int failed;
        int skipped;
        int free;
        long cents;

        @Override
        public void processed() {
            processed++;
        }

        @Override
        public void failed() {
            failed++;
        }

        @Override
        public void skipped() {
            skipped++;
        }

        @Override
        public void charged(long amount) {
            free += amount == 0 ? 1 : 0;
            cents += amount;
        }
    }

    private final class Slack implements Publisher, EventPublisher {

        @Override
        public Uni<Posting> post(Target target, Post post) {
            return time.answer(CALL, () -> {
                posted.add(post.key());
                return new Posting.Posted(null);
            });
        }

        @Override
        public Uni<Look> look(Look.Question question) {
            return time.answer(CALL, Look.Absent::new);
        }

        @Override
        public Uni<Void> publish(Topic topic, CloudEvent event) {
            return Uni.createFrom().voidItem();
        }
    }

    private Items items() {
        Slack slack = new Slack();
        Charging charging = new Charging(bank, payers, (alarm, id, detail) -> {}, time, new Random(2));
        Items.Ports ports =
                new Items.Ports(new ItemStores(store, new MemoryTeams(time)), charging, payers, slack, slack);
        return new Items(ports, ItemSettings.DEFAULT, time, time, new Random(3));
    }

    private <T> T answer(Uni<T> asked) {
        AtomicReference<T> answer = new AtomicReference<>();
        var unused = asked.subscribe().with(answer::set, fault -> {
            throw new AssertionError(fault);
        });
        for (int i = 0; i < 1_000_000 && answer.get() == null && time.runNext(); i++) {}
        return answer.get();
    }

    private void queue(String team, int count, String fingerprint) {
        answer(items.teams().tell(team, null, Target.ofChannel("C1")));
        answer(payers.attach(team, "cus-" + team, new Card("pm-" + team, fingerprint, "visa", "4242")));
        for (int n = 0; n < count; n++) {
            answer(items.queue(new ItemSpec(team, "page-" + n, "Page", "ada", 799)));
        }
    }

    private List<ItemDocument> due(int limit) {
        return answer(store.due(time.now(), null, limit));
    }

    private QueueRun run() {
        return run(new PlainFence(1));
    }

    private QueueRun run(RunFence fence) {
        return new QueueRun(items, fence, () -> Duration.ofMinutes(5), counts);
    }

    /** Of every item, how it stands. */
    private List<String> charges() {
        return store.documents.values().stream()
                .map(item -> item.id() + " " + item.state() + " " + item.charge())
                .toList();
    }

    @Test
    void thousandItemsOfOneTeamDoNotStarveOthers() {
        // Given
        queue("big", 1_000, "fp-big");
        queue("small", 10, "fp-small");
        queue("other", 10, "fp-other");
        // When
        List<ItemDocument> first = due(60);
        // Then
        assertThat(first.stream().filter(item -> !item.spec().team().equals("big")))
                .hasSize(20);
    }

    @Test
    void badCardIsDeclinedOnceForAllItemsOfItsTeam() {
        // Given
        queue("acme", 50, "bad");
        // When
        answer(run().page(due(500)));
        // Then
        assertThat(bank.confirmed).isOne();
        assertThat(counts.free).isEqualTo(3);
        assertThat(counts.processed).isEqualTo(3);
        assertThat(counts.failed).isOne();
        assertThat(counts.skipped).isEqualTo(46);
        assertThat(counts.cents).isZero();
    }

    @Test
    void manyTeamsAreServedAtTheSameTimeAndEachItemOnce() {
        // Given
        for (int n = 0; n < 200; n++) {
            queue("team-" + n, 4, "fp-" + n);
        }
        // When
        answer(run().page(due(1_000)));
        // Then
        assertThat(counts.processed).isEqualTo(800);
        assertThat(counts.cents).isEqualTo(200 * 799);
        assertThat(bank.mostAtOnce).isGreaterThan(32).isLessThanOrEqualTo(QueueRun.CONCURRENT);
        assertThat(posted).hasSize(800).doesNotHaveDuplicates();
    }

    @Test
    void forecastSaysWhatTheRunThenDoesAndChangesNothing() {
        // Given
        queue("acme", 5, "fp-1");
        queue("beta", 2, "fp-2");
        Counts foreseen = new Counts();
        Map<String, ItemDocument> before = Map.copyOf(store.documents);
        // When
        answer(new Forecast(items, foreseen).page(due(100)));
        // Then
        assertThat(store.documents).isEqualTo(before);
        // When
        answer(run().page(due(100)));
        // Then
        assertThat(foreseen.processed).isEqualTo(counts.processed).isEqualTo(7);
        assertThat(foreseen.free).isEqualTo(counts.free).isEqualTo(5);
        assertThat(foreseen.cents).isEqualTo(counts.cents).isEqualTo(2 * 799);
    }

    @Test
    void forecastChargesNothingThatSomebodyWantsCancelled() {
        // Given
        queue("acme", 4, "bad");
        answer(run().page(due(100)));
        ItemDocument declined = store.documents.values().stream()
                .filter(item -> item.status() == ItemStatus.DECLINED)
                .findFirst()
                .orElseThrow();
        time.advance(Duration.ofDays(9));
        Counts before = new Counts();
        Counts after = new Counts();
        // When
        answer(new Forecast(items, before).page(due(100)));
        store.documents.put(
                declined.id(), ItemRules.wished(store.documents.get(declined.id()), "cancelled", time.now()));
        answer(new Forecast(items, after).page(due(100)));
        // Then
        assertThat(before.cents).isEqualTo(799);
        assertThat(after.cents).isZero();
        assertThat(after.processed).isOne();
    }

    @Test
    void newCardMovesTheItemsOfItsPayerAtOnce() {
        // Given
        queue("acme", 6, "bad");
        answer(run().page(due(100)));
        // When
        answer(payers.attach("acme", "cus-acme", new Card("pm-2", "fp-2", "visa", "4242")));
        var unused = items.cardAttached("acme").subscribe().with(done -> {});
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(store.documents.values()).extracting(ItemDocument::status).containsOnly(ItemStatus.PUBLISHED);
        assertThat(bank.confirmed).isEqualTo(1 + 3);
    }

    @Test
    void newCardThatIsBadTooIsDeclinedOnce() {
        // Given
        queue("acme", 8, "bad");
        answer(run().page(due(100)));
        // When
        answer(payers.attach("acme", "cus-acme", new Card("pm-2", "bad", "visa", "0341")));
        var unused = items.cardAttached("acme").subscribe().with(done -> {});
        time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(bank.confirmed).isEqualTo(2);
    }

    @Test
    void withoutTimeNothingIsBegun() {
        // Given
        queue("acme", 5, "fp-1");
        QueueRun late = new QueueRun(items, new PlainFence(1), () -> Duration.ZERO, counts);
        // When
        boolean isComplete = answer(late.page(due(100)));
        // Then
        assertThat(isComplete).isFalse();
        assertThat(posted).isEmpty();
        assertThat(due(100)).hasSize(5);
    }

    @Test
    void runnerThatLosesItsLeaseInTheMiddleWritesNoItemAndTheNextChargesNoneAgain() {
        // Given
        queue("acme", 6, "fp-1");
        PlainFence first = new PlainFence(1);
        List<String> atTheLoss = new ArrayList<>();
        bank.whenConfirmed = () -> {
            first.lose();
            atTheLoss.addAll(charges());
        };
        // When
        answer(run(first).page(due(100)));
        // Then
        assertThat(charges()).isEqualTo(atTheLoss);
        assertThat(bank.confirmed).isOne();
        // When
        bank.whenConfirmed = () -> {};
        time.advance(Duration.ofMinutes(2));
        answer(run(new PlainFence(2)).page(due(100)));
        // Then
        assertThat(store.documents.values()).extracting(ItemDocument::status).containsOnly(ItemStatus.PUBLISHED);
        assertThat(bank.confirmed).isEqualTo(3);
    }

    @Test
    void formerRunWritesNothingThatALaterOneHasWritten() {
        // Given
        queue("acme", 4, "bad");
        answer(run(new PlainFence(8)).page(due(100)));
        answer(payers.attach("acme", "cus-acme", new Card("pm-2", "fp-2", "visa", "4242")));
        time.advance(Duration.ofDays(2));
        List<String> before = charges();
        // When
        answer(run(new PlainFence(7)).page(due(100)));
        // Then
        assertThat(charges()).isEqualTo(before);
        assertThat(bank.confirmed).isOne();
    }

    @Test
    void itemThatIsPublishedIsNotDueAnyMore() {
        // Given
        queue("acme", 5, "fp-1");
        // When
        answer(run().page(due(100)));
        // Then
        assertThat(due(100)).isEmpty();
        assertThat(store.documents.values()).extracting(ItemDocument::status).containsOnly(ItemStatus.PUBLISHED);
    }
}
