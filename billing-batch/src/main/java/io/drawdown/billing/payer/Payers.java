package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.engine.PayerGate;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Those who pay: their customer at Stripe, their card, and how it fares. Every change is one guarded write. Fails with {@code
 * Unavailable} or {@code OutcomeUnknown} if the store does; every call may be repeated.
 *
 * <p>Belongs to the thread of its core.
 */
public final class Payers implements PayerGate {

    private final PayerStore store;
    private final GuardedWrites<PayerDocument> writes;
    private final Time time;

    public Payers(PayerStore store, Time time, Scheduler scheduler, RandomGenerator random) {
        this.store = store;
        this.time = time;
        this.writes = new GuardedWrites<>(store, PayerDocument::written, document -> {}, time, scheduler, random);
    }

    /** As stored, read after this call; empty if nobody has that id. */
    public Uni<Optional<PayerDocument>> find(String payerId) {
        return store.get(payerId);
    }

    /** Somebody pays as that customer. Fails with {@link OtherCustomer} if they pay as another one: that does not change. */
    public Uni<PayerDocument> open(String payerId, String customer) {
        return store.get(payerId)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : writes.insert(PayerDocument.of(payerId, customer)))
                .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : store.get(payerId))
                .map(Optional::orElseThrow)
                .invoke(payer -> requireCustomer(payer, customer));
    }

    /** They pay with this card from now on. It is tried at once, unless its network has had enough. */
    public Uni<PayerDocument> attach(String payerId, String customer, Card card) {
        return open(payerId, customer)
                .chain(payer -> writes.change(payer, (current, now) -> PayerRules.attached(current, card)));
    }

    /** The payment method is theirs no longer; another one stays. */
    public Uni<Optional<PayerDocument>> detach(String payerId, String paymentMethod) {
        return change(payerId, (current, now) -> {
            PayerDocument next = PayerRules.detached(current, paymentMethod);
            return next.equals(current) ? null : next;
        });
    }

    @Override
    public Uni<Entry> enter(String payerId, String chargeId) {
        return change(payerId, (current, now) -> PayerRules.entered(current, chargeId, now))
                .map(payer -> payer.map(found -> entryOf(found, chargeId)).orElseGet(Entry.NeedsCard::new));
    }

    private Entry entryOf(PayerDocument payer, String chargeId) {
        Instant now = time.now();
        Entry entry = PayerRules.entry(payer, chargeId, now);
        boolean isWritten =
                payer.inFlight() != null && payer.inFlight().chargeId().equals(chargeId);
        return entry instanceof Entry.Admitted && !isWritten ? new Entry.NotNow(now) : entry;
    }

    @Override
    public Uni<Optional<Instant>> leave(String payerId, String chargeId, Leave result) {
        return change(payerId, (current, now) -> PayerRules.left(current, chargeId, result, now))
                .map(payer -> payer.flatMap(found -> PayerRules.nextTry(found, time.now())));
    }

    private Uni<Optional<PayerDocument>> change(String payerId, GuardedWrites.Rule<PayerDocument> rule) {
        return store.get(payerId)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : writes.change(found.get(), rule).map(Optional::of));
    }

    private static void requireCustomer(PayerDocument payer, String customer) {
        if (!payer.customer().equals(customer)) {
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
