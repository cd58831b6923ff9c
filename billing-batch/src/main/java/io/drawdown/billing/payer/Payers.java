package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate;
import io.drawdown.billing.payer.Fingerprints.Permit;
import io.drawdown.billing.payer.PayerDocument.InFlight;
import io.drawdown.billing.payer.PayerRules.Permitted;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Those who pay: their customer at Stripe, their cards, and how they fare. Every change is one guarded write. Fails with {@code
 * Unavailable} or {@code OutcomeUnknown} if the store does; every call may be repeated.
 *
 * <p>Belongs to the thread of its core.
 */
public final class Payers implements PayerGate {

    private final PayerStore store;
    private final GuardedWrites<PayerDocument> writes;
    private final Fingerprints fingerprints;
    private final Time time;
    private final Entered entered = new Entered();
    private final List<CardAttached> listeners = new ArrayList<>();

    public Payers(PayerStores stores, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = stores.payers();
        this.time = time;
        this.writes = new GuardedWrites<>(store, PayerDocument::written, document -> {}, time, scheduler, random);
        this.fingerprints = new Fingerprints(stores.fingerprints(), time, scheduler, random);
    }

    /** Tells the listener of every card that is attached from now on. */
    public void onAttached(CardAttached listener) {
        listeners.add(listener);
    }

    /** The payer with that id, read from the store after this call; empty if there is none. */
    public Uni<Optional<PayerDocument>> find(String payerId) {
        return store.get(payerId);
    }

    /** Somebody pays as that customer. Fails with {@link OtherCustomer} if they pay as another one: that does not change. */
    public Uni<PayerDocument> open(String payerId, String customer) {
        return known(payerId, Customer.of(customer))
                .chain(payer -> payer.customer() == null
                        ? writes.change(payer, (current, now) -> PayerRules.opened(current, customer))
                        : Uni.createFrom().item(payer))
                .invoke(payer -> requireCustomer(payer, customer));
    }

    /** The payer with this id. If there is none, it is created with that account. */
    Uni<PayerDocument> known(String payerId, Customer account) {
        return store.get(payerId)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : writes.insert(PayerDocument.of(payerId, account)))
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : store.get(payerId))
                .map(Optional::orElseThrow);
    }

    Uni<PayerDocument> write(PayerDocument seen, GuardedWrites.Rule<PayerDocument> rule) {
        return writes.change(seen, rule);
    }

    /** They pay with this card from now on; the consent is kept elsewhere. It is tried at once, unless its network has had enough. */
    public Uni<PayerDocument> attach(String payerId, String customer, Card card) {
        return open(payerId, customer)
                .chain(payer -> fingerprints.join(card, payerId).replaceWith(payer))
                .chain(payer -> writes.change(payer, (current, now) -> PayerRules.attached(current, card, now)))
                .invoke(this::tellAttached);
    }

    /**
     * Stores the card of a finished setup, with the consent that was given when the setup began. A token that is unknown, or
     * whose setup is finished already, changes nothing.
     */
    public Uni<PayerDocument> finish(PayerDocument payer, String token, Card card) {
        if (payer.wallet().setup(token).isEmpty()) {
            return Uni.createFrom().item(payer);
        }
        return fingerprints
                .join(card, payer.id())
                .chain(() -> writes.change(payer, (current, now) -> PayerRules.finished(current, token, card, now)))
                .invoke(this::tellAttached);
    }

    private void tellAttached(PayerDocument payer) {
        if (payer.hasUsableCard()) {
            listeners.forEach(listener -> listener.attached(payer.id()));
        }
    }

    /** The payment method is theirs no longer; others stay. */
    public Uni<Optional<PayerDocument>> detach(String payerId, String paymentMethod) {
        return change(payerId, (current, now) -> PayerRules.detached(current, paymentMethod));
    }

    @Override
    public Uni<Entry> enter(String chargeId, Terms terms) {
        return store.get(terms.payerId())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Entry.NeedsCard())
                        : enter(found.get(), chargeId, terms));
    }

    private Uni<Entry> enter(PayerDocument payer, String chargeId, Terms terms) {
        Entry entry = PayerRules.entry(payer, chargeId, terms, time.now());
        return switch (entry) {
            case Entry.Admitted admitted ->
                fingerprints.permit(admitted.card(), chargeId).chain(permit -> switch (permit) {
                    case Permit.NotBefore not -> Uni.createFrom().item(new Entry.NotNow(not.at()));
                    case Permit.Granted granted -> enter(payer, chargeId, terms, granted.permitted());
                });
            case Entry.NotNow _
            when terms.isUrgent() ->
                writes.change(payer, (current, now) -> PayerRules.waited(current, chargeId, now))
                        .replaceWith(entry);
            case Entry.NotNow _, Entry.NeedsCard _ -> Uni.createFrom().item(entry);
        };
    }

    private Uni<Entry> enter(PayerDocument payer, String chargeId, Terms terms, Permitted permitted) {
        return writes.change(payer, (current, now) -> PayerRules.entered(current, chargeId, terms, permitted, now))
                .chain(written -> {
                    Entry entry = entryOf(written, chargeId, terms);
                    if (entry instanceof Entry.Admitted) {
                        entered.add(chargeId, written);
                        return Uni.createFrom().item(entry);
                    }
                    return fingerprints.leave(permitted.trial(), chargeId).replaceWith(entry);
                });
    }

    private Entry entryOf(PayerDocument payer, String chargeId, Terms terms) {
        Instant now = time.now();
        Entry entry = PayerRules.entry(payer, chargeId, terms, now);
        boolean isWritten = payer.inFlight() != null && payer.inFlight().isOf(chargeId);
        return entry instanceof Entry.Admitted && !isWritten ? new Entry.NotNow(now) : entry;
    }

    @Override
    public Uni<Optional<Instant>> leave(String payerId, String chargeId, Leave result) {
        return count(payerId, chargeId, result)
                .chain(() -> latest(payerId, chargeId))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.<Instant>empty())
                        : left(found.get(), chargeId, result));
    }

    /**
     * The document as it was when the charge entered, if this process still knows it; else it is read. If somebody has written it
     * since, the guarded write of the result fails and is tried again on what is there.
     */
    private Uni<Optional<PayerDocument>> latest(String payerId, String chargeId) {
        Optional<PayerDocument> known = entered.remove(chargeId);
        return known.isPresent() ? Uni.createFrom().item(known) : store.get(payerId);
    }

    /** The number's document hears of a decline before the payer's: a crash in between has it told again, and counted once. */
    private Uni<Void> count(String payerId, String chargeId, Leave result) {
        return result instanceof Leave.Declined declined
                ? fingerprints.count(payerId, chargeId, declined)
                : Uni.createFrom().voidItem();
    }

    private Uni<Optional<Instant>> left(PayerDocument payer, String chargeId, Leave result) {
        InFlight inFlight = payer.inFlight();
        String trial = inFlight != null && inFlight.isOf(chargeId) ? inFlight.trial() : null;
        return fingerprints
                .leave(trial, chargeId)
                .chain(() -> writes.change(payer, (current, now) -> PayerRules.left(current, chargeId, result, now)))
                .map(written -> PayerRules.nextTry(written, time.now()));
    }

    private Uni<Optional<PayerDocument>> change(String payerId, GuardedWrites.Rule<PayerDocument> rule) {
        return store.get(payerId)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : writes.change(found.get(), rule).map(Optional::of));
    }

    private static void requireCustomer(PayerDocument payer, String customer) {
        if (!customer.equals(payer.customer())) {
            throw new OtherCustomer(payer.id());
        }
    }

    /** Someone pays as one customer of Stripe for ever. */
    public static final class OtherCustomer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherCustomer(String payerId) {
            super("payer " + payerId + " is another customer");
        }
    }
}
