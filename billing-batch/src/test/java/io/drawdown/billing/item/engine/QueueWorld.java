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
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.payer.Consent;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.payer.Wallet;
import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.billing.publish.TracedPublisher;
import io.drawdown.billing.testing.MemoryGuarded;
import io.drawdown.billing.testing.MemoryItems;
import io.drawdown.billing.testing.MemoryTeams;
import io.drawdown.billing.testing.PlainFence;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Items over stores in memory, Stripe and Slack that take some time, and a clock that a test moves. */
final class QueueWorld {

    private static final Duration CALL = Duration.ofMillis(200);

    final ManualTime time = new ManualTime();
    final MemoryItems store = new MemoryItems(time);
    final Bank bank = new Bank();
    /** What Slack answers next; null: it posts. */
    @Nullable
    Posting refusal;

    /** What else happens when it is posted, and is answered; null: what {@link #refusal} says. */
    @Nullable
    Supplier<Posting> whenPosted;

    final List<String> posted = new ArrayList<>();
    boolean isBrokerAway;
    private final MemoryPayers payerStore = new MemoryPayers();
    final Payers payers = new Payers(new PayerStores(payerStore, new MemoryGuarded<>(time)), time, time, new Random(1));
    final Items items;
    final Counts counts = new Counts();
    private final Spans spans;

    QueueWorld() {
        this(Spans.NONE);
    }

    QueueWorld(Spans spans) {
        this.spans = spans;
        this.items = items();
    }

    private final class MemoryPayers extends MemoryGuarded<PayerDocument> implements PayerStore {
        MemoryPayers() {
            super(time);
        }
    }

    /** Stripe, which declines the cards that are called bad. */
    final class Bank implements Payments {

        int confirmed;
        int throttled;
        int mostAtOnce;
        Runnable whenCreated = () -> {};
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
                whenCreated.run();
                return shown("pi-" + chargeId, Status.REQUIRES_CONFIRMATION, creation.frozen());
            });
        }

        @Override
        public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
            return answer(() -> {
                confirmed++;
                whenConfirmed.run();
                if (throttled > 0) {
                    throttled--;
                    return new Answer.Throttled("too many calls");
                }
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
            return answer(() ->
                    shown(intentId, paid.contains(intentId) ? Status.SUCCEEDED : Status.REQUIRES_CONFIRMATION, frozen));
        }

        @Override
        public Uni<Answer> cancel(Intent intent, String key) {
            return answer(() -> shown(intent.id(), Status.CANCELED, intent.frozen()));
        }

        private Uni<Answer> answer(Supplier<Answer> effect) {
            Uni<Answer> call = Uni.createFrom().deferred(() -> {
                mostAtOnce = Math.max(mostAtOnce, ++atOnce);
                return time.answer(CALL, () -> {
                    atOnce--;
                    return effect.get();
                });
            });
            return ChainTrace.call(spans, cause -> spans.start(Spans.Kind.CLIENT, "stripe", cause), call);
        }

        private static Answer.Shown shown(String id, Status status, Frozen frozen) {
            return new Answer.Shown(
                    new IntentView(id, status, frozen.amountCents(), frozen.currency(), "ch-" + id, null));
        }
    }

    static final class Counts implements Tally {
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
                if (whenPosted != null) {
                    return whenPosted.get();
                }
                if (refusal != null) {
                    Posting refused = refusal;
                    refusal = null;
                    return refused;
                }
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
            return isBrokerAway
                    ? Uni.createFrom().failure(new Unavailable("the broker is away"))
                    : Uni.createFrom().voidItem();
        }
    }

    private Items items() {
        Slack slack = new Slack();
        Charging charging = new Charging(bank, payers, (alarm, id, detail) -> {}, time, new Random(2));
        Items.Ports ports = new Items.Ports(
                new ItemStores(store, new MemoryTeams(time)),
                charging,
                payers,
                TracedPublisher.of(slack, spans),
                slack,
                spans);
        return new Items(ports, ItemSettings.DEFAULT, time, time, new Random(3));
    }

    /** Lets time pass until nothing is left to be done. */
    void finish(Uni<Void> asked) {
        var unused = asked.subscribe().with(done -> {}, fault -> {
            throw new AssertionError(fault);
        });
        for (int i = 0; i < 1_000_000 && time.runNext(); i++) {}
    }

    <T> T answer(Uni<T> asked) {
        AtomicReference<T> answer = new AtomicReference<>();
        var unused = asked.subscribe().with(answer::set, fault -> {
            throw new AssertionError(fault);
        });
        for (int i = 0; i < 1_000_000 && answer.get() == null && time.runNext(); i++) {}
        return Objects.requireNonNull(answer.get());
    }

    void queue(String team, int count, String fingerprint) {
        answer(items.teams().tell(team, new TeamDocument.Profile(null, null, Target.ofChannel("C1"))));
        answer(payers.attach(team, "cus-" + team, new Card("pm-" + team, fingerprint, "visa", "4242")));
        for (int n = 0; n < count; n++) {
            answer(items.queue(new ItemSpec(team, "page-" + n, "Page", "ada", 799)));
        }
    }

    /** The team does not say any more where its items are published. */
    void forgetTarget(String team) {
        answer(items.teams().tell(team, new TeamDocument.Profile(null, null, null)));
    }

    /** The owner of the team's card has agreed to so much at a time. */
    void consent(String team, long capCents) {
        payerStore.documents.computeIfPresent(team, (id, payer) -> {
            Card card = Objects.requireNonNull(payer.card());
            Wallet.Kept kept = new Wallet.Kept(card, new Consent("ada", time.now(), "v1", capCents), time.now());
            Wallet wallet = new Wallet(card, List.of(kept), List.of());
            return new PayerDocument(
                    id, payer.revision(), payer.account(), payer.email(), wallet, null, null, List.of());
        });
    }

    /** The last of the team's places is that charge's instead. */
    void place(String team, String chargeId) {
        TeamDocument before = answer(items.teams().get(team));
        List<TeamDocument.Place> places = new ArrayList<>(before.places());
        places.set(places.size() - 1, new TeamDocument.Place(chargeId, false, time.now()));
        TeamDocument next = new TeamDocument(team, before.revision(), before.profile(), null, places);
        answer(items.stores().teams().replace(before, next.written("test")));
    }

    List<ItemDocument> due(int limit) {
        return answer(store.due(time.now(), null, limit));
    }

    QueueRun run() {
        return run(new PlainFence(1));
    }

    QueueRun run(RunFence fence) {
        return new QueueRun(items, fence, () -> Duration.ofMinutes(5), counts);
    }

    /** Of every item, how it stands. */
    List<String> charges() {
        return store.documents.values().stream()
                .map(item -> item.id() + " " + item.state() + " " + item.charge())
                .toList();
    }
}
