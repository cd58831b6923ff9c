package io.drawdown.billing.testing;

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
import io.drawdown.billing.payer.Consent;
import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.payer.Payers;
import io.drawdown.billing.payer.Wallet;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.purchase.engine.CreditAccounts;
import io.drawdown.billing.purchase.engine.PurchasePorts;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The engines of purchases and top-ups over stores in memory; Stripe and credits-service answer as they are told. */
public final class Till {

    public static final String ACCOUNT = "ada";
    public static final Pack PACK = new Pack("pack_300", 150, Credits.of(300), null);

    /** An answer that says nothing. */
    public static final Answer UNKNOWN = new Answer.Unknown("away");

    private static final Duration PATIENCE = Duration.ofSeconds(55);

    public final ManualTime time = new ManualTime();
    public final MemoryPurchases store = new MemoryPurchases(time);
    public final MemoryTopUps rules = new MemoryTopUps(time);
    public final MemoryPayers cardHolders = new MemoryPayers(time);
    public final Payers payers;
    public final Purchases purchases;
    public final TopUps topUps;

    /** What was asked of Stripe, in one word each. */
    public final List<String> calls = new ArrayList<>();

    /** The alarms that were raised. */
    public final List<String> alarms = new ArrayList<>();

    public Answer created = shown(Status.REQUIRES_PAYMENT_METHOD);
    public Answer confirmed = shown(Status.SUCCEEDED);
    public Answer retrieved = shown(Status.REQUIRES_PAYMENT_METHOD);
    public Answer cancelled = shown(Status.CANCELED);
    public Credits balance = Credits.of(100);
    public boolean isCreditsAway;

    /** How long credits-service takes to say how an account stands. */
    public Duration creditsLatency = Duration.ZERO;

    /** How often it was asked that. */
    public int standings;

    private long seq = 1;

    /** Payers in memory. */
    public static final class MemoryPayers extends MemoryGuarded<PayerDocument> implements PayerStore {
        MemoryPayers(ManualTime time) {
            super(time);
        }
    }

    public Till() {
        Random random = new Random(1);
        PayerStores stores = new PayerStores(cardHolders, new MemoryGuarded<FingerprintDocument>(time));
        payers = new Payers(stores, time, time, random);
        PurchasePorts ports = new PurchasePorts(
                store,
                new Charging(new Bank(), payers, (alarm, id, detail) -> alarms.add(alarm.name()), time, random),
                payers,
                new Accounts(),
                refund -> Uni.createFrom().item(new Refunds.Outcome.Done("re_1")),
                (alarm, id, detail) -> alarms.add(alarm.name()),
                (topic, event) -> Uni.createFrom().voidItem());
        purchases = new Purchases(ports, new PurchaseSettings(List.of(PACK), Duration.ofHours(1)), time, time, random);
        TopUpPolicy policy = new TopUpPolicy(Duration.ofSeconds(120), Duration.ofSeconds(60), 3, ZoneOffset.UTC);
        topUps = new TopUps(rules, purchases, policy, time, time, random);
        payers.onAttached(topUps::cardAttached);
    }

    private final class Bank implements Payments {

        @Override
        public Duration longestCall() {
            return Duration.ofSeconds(23);
        }

        @Override
        public Uni<StripeAccount> account() {
            return Uni.createFrom().item(new StripeAccount("acct_1", false));
        }

        @Override
        public Uni<Answer> create(String chargeId, Terms terms, Creation creation) {
            return asked("create", created);
        }

        @Override
        public Uni<Answer> confirm(Intent intent, Attempt attempt, boolean isOffSession) {
            return asked("confirm", confirmed);
        }

        @Override
        public Uni<Answer> retrieve(String intentId, Frozen frozen) {
            return asked("retrieve", retrieved);
        }

        @Override
        public Uni<Answer> cancel(Intent intent, String key) {
            return asked("cancel", cancelled);
        }

        private Uni<Answer> asked(String call, Answer answer) {
            calls.add(call);
            return time.answer(Duration.ofMillis(1), () -> answer);
        }
    }

    private final class Accounts implements CreditAccounts {

        @Override
        public Uni<Granting.Standing> standing(String accountId) {
            AccountView view = new AccountView(seq, balance, Credits.ZERO, balance, Credits.ZERO, balance);
            standings++;
            return time.answer(creditsLatency, () -> new Granting.Standing(Granting.StandingStatus.ACTIVE, view));
        }

        @Override
        public Uni<Granting.GrantAnswer> grant(String accountId, Granting.Grant grant) {
            return time.answer(() -> {
                if (isCreditsAway) {
                    throw new Unavailable("credits-service is away");
                }
                balance = balance.plus(grant.amount());
                return new Granting.GrantAnswer(Granting.GrantOutcome.GRANTED, ++seq, null);
            });
        }
    }

    /** The intent is so. */
    public static Answer shown(Status status) {
        String charge = status == Status.SUCCEEDED ? "ch_1" : null;
        return new Answer.Shown(new IntentView("pi_1", status, PACK.priceCents(), Terms.USD, charge, null));
    }

    /** The card is declined, which makes a charge with that id. */
    public static Answer declined(String declineCode, String charge) {
        Decline decline = new Decline("card_declined", declineCode, null);
        IntentView view =
                new IntentView("pi_1", Status.REQUIRES_PAYMENT_METHOD, PACK.priceCents(), Terms.USD, charge, decline);
        return new Answer.CardDeclined(decline, view);
    }

    /** One charge may take that much at most while Ada is away. */
    public void consent(long capCents) {
        PayerDocument ada = Objects.requireNonNull(cardHolders.documents.get(ACCOUNT));
        Card card = Objects.requireNonNull(ada.card());
        Consent consent = new Consent(ACCOUNT, time.now(), "v1", capCents);
        Wallet wallet = new Wallet(card, List.of(new Wallet.Kept(card, consent, time.now())), List.of());
        cardHolders.documents.put(
                ACCOUNT,
                new PayerDocument(
                        ada.id(),
                        ada.revision(),
                        ada.account(),
                        ada.email(),
                        wallet,
                        ada.rest(),
                        ada.inFlight(),
                        ada.declines()));
    }

    /** Ada pays with that card from now on. */
    public Card attach(String paymentMethod) {
        Card card = new Card(paymentMethod, "fp_" + paymentMethod, "visa", "4242");
        answer(payers.attach(ACCOUNT, "cus_1", card));
        return card;
    }

    /** Ada buys; answers the id of the purchase. */
    public String buy(String key, boolean isOnSession) {
        String id = PurchaseSpec.idOf(ACCOUNT, key);
        PurchaseSpec spec = new PurchaseSpec(ACCOUNT, PACK, "hash", isOnSession, false, time.now());
        answer(purchases.buy(id, spec, PATIENCE));
        return id;
    }

    public PurchaseDocument purchase(String id) {
        return Objects.requireNonNull(store.documents.get(id));
    }

    public PurchaseStatus status(String id) {
        return purchase(id).status();
    }

    /** How often Stripe was asked that. */
    public long calls(String call) {
        return calls.stream().filter(call::equals).count();
    }

    public void pass(Duration duration) {
        time.advance(duration);
    }

    public <T> T answer(Uni<T> asked) {
        List<T> answer = new ArrayList<>();
        asked.subscribe().with(answer::add, fault -> {
            throw new IllegalStateException(fault);
        });
        time.advance(Duration.ofSeconds(1));
        return answer.getFirst();
    }
}
