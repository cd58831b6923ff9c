package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.payer.Customer.Opening;
import io.drawdown.billing.payer.PayerDocument.InFlight;
import io.drawdown.billing.payer.PayerDocument.Rest;
import io.drawdown.billing.payer.Wallet.Kept;
import io.drawdown.billing.payer.Wallet.Setup;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every change of a payer: pure. Each gives the next document, or null if nothing changes. */
final class PayerRules {

    private PayerRules() {}

    /** Whether that charge may be tried now, as far as this payer is concerned; the networks have their own say. */
    static Entry entry(PayerDocument payer, String chargeId, Terms terms, Instant now) {
        Card card = payer.card();
        String customer = payer.customer();
        Rest rest = payer.rest();
        boolean isBeyondConsent = terms.isOffSession() && payer.isBeyondConsent(terms.amountCents());
        if (card == null || customer == null || isBeyondConsent) {
            return new Entry.NeedsCard();
        }
        if (rest != null && rest.nextTry() == null) {
            return new Entry.NeedsCard();
        }
        InFlight other = payer.inFlight();
        if (other != null && !other.isOf(chargeId) && !other.isOver(now)) {
            return new Entry.NotNow(other.since().plus(InFlight.LONGEST));
        }
        Instant free = rest == null ? now : Objects.requireNonNull(rest.nextTry());
        return free.isAfter(now) ? new Entry.NotNow(free) : new Entry.Admitted(customer, card);
    }

    /** The charge is under way with the card that the networks were asked about. */
    static @Nullable PayerDocument entered(
            PayerDocument payer, String chargeId, Terms terms, Permitted permitted, Instant now) {
        boolean isAdmitted = entry(payer, chargeId, terms, now) instanceof Entry.Admitted(String _, Card card)
                && card.equals(permitted.card());
        InFlight before = payer.inFlight();
        String next = before != null && before.isOf(chargeId) ? before.next() : null;
        return isAdmitted ? payer.with(new InFlight(chargeId, now, permitted.trial(), next)) : null;
    }

    /** What the networks allow. */
    record Permitted(Card card, @Nullable String trial) {}

    /** An urgent charge waits for the one that is under way, and goes before all others. */
    static @Nullable PayerDocument waited(PayerDocument payer, String chargeId, Instant now) {
        InFlight other = payer.inFlight();
        return other != null && other.next() == null && !other.isOf(chargeId) && !other.isOver(now)
                ? payer.with(other.before(chargeId))
                : null;
    }

    static @Nullable PayerDocument left(PayerDocument payer, String chargeId, Leave result, Instant now) {
        PayerDocument known =
                switch (result) {
                    case Leave.Paid paid -> paid(payer, chargeId, paid.card());
                    case Leave.Declined declined -> declined(payer, chargeId, declined, now);
                    case Leave.CardGone gone -> without(payer, gone.card().paymentMethod());
                    case Leave.CustomerGone gone ->
                        Objects.requireNonNullElse(customerGone(payer, gone.customer()), payer);
                    case Leave.Untried _ -> payer;
                };
        PayerDocument next = known.with(without(known.inFlight(), chargeId, now));
        return next.equals(payer) ? null : next;
    }

    private static @Nullable InFlight without(@Nullable InFlight place, String chargeId, Instant now) {
        if (place != null && place.isOf(chargeId)) {
            return place.left(now);
        }
        return place != null && chargeId.equals(place.next()) ? place.before(null) : place;
    }

    /** A charge that was paid before another one was declined, and is recorded only now, says nothing about the card of today. */
    private static PayerDocument paid(PayerDocument payer, String chargeId, @Nullable Card card) {
        Rest rest = payer.rest();
        boolean isCurrent = card != null && isCurrent(payer, card);
        boolean isLatest = rest != null
                && (rest.isOf(chargeId)
                        || (payer.inFlight() != null && payer.inFlight().isOf(chargeId)));
        return isCurrent && isLatest ? payer.with((Rest) null) : payer;
    }

    private static PayerDocument declined(PayerDocument payer, String chargeId, Leave.Declined declined, Instant now) {
        Card card = declined.card();
        if (payer.declines().contains(declined.id())) {
            return payer;
        }
        PayerDocument counted = payer.counted(declined.id());
        return isCurrent(payer, card)
                ? counted.with(resting(payer.rest(), chargeId, declined.decline(), now))
                : counted;
    }

    private static Rest resting(@Nullable Rest before, String chargeId, Decline decline, Instant now) {
        int failures = before == null ? 1 : before.failures() + 1;
        DeclineClass kind = decline.kind();
        String code = Objects.requireNonNullElse(decline.declineCode(), decline.code());
        return new Rest(
                kind, code, failures, now, kind.rest(failures).map(now::plus).orElse(null), chargeId);
    }

    /** When the card may be tried next; empty if there is none that may. */
    static Optional<Instant> nextTry(PayerDocument payer, Instant now) {
        if (payer.card() == null) {
            return Optional.empty();
        }
        return payer.rest() == null
                ? Optional.of(now)
                : Optional.ofNullable(payer.rest().nextTry());
    }

    /** The customer is asked for again, with another key: the earlier one is too old, or Stripe has saved a fault under it. */
    static @Nullable PayerDocument asked(PayerDocument payer, @Nullable Opening before, Opening next) {
        boolean isSame = payer.customer() == null
                && Objects.equals(before, payer.account().opening());
        return isSame ? payer.with(Customer.asked(next)) : null;
    }

    /** Stripe does not know the customer, so their cards are no more; the next request opens another one. */
    static @Nullable PayerDocument customerGone(PayerDocument payer, String customer) {
        return customer.equals(payer.customer())
                ? payer.with(Customer.NONE).with(Wallet.EMPTY).with((Rest) null)
                : null;
    }

    static @Nullable PayerDocument opened(PayerDocument payer, String customer) {
        return payer.customer() == null ? payer.with(Customer.of(customer)) : null;
    }

    static @Nullable PayerDocument reachable(PayerDocument payer, @Nullable String email) {
        return Objects.equals(email, payer.email()) ? null : payer.withEmail(email);
    }

    static PayerDocument begun(PayerDocument payer, Setup setup) {
        return payer.with(payer.wallet().begun(setup));
    }

    /** A card that was set up is attached, once per setup: told again, it neither ends a rest nor changes who pays. */
    static @Nullable PayerDocument finished(PayerDocument payer, String token, Card card, Instant now) {
        Optional<Setup> setup = payer.wallet().setup(token);
        return setup.map(found -> finished(payer, found, card, now)).orElse(null);
    }

    private static PayerDocument finished(PayerDocument payer, Setup setup, Card card, Instant now) {
        PayerDocument next = payer.with(payer.wallet().finished(setup, card, now));
        return card.equals(next.card()) ? next.with((Rest) null) : next;
    }

    /** They pay with this card from now on. A new card rests only as long as its network demands. */
    static @Nullable PayerDocument attached(PayerDocument payer, Card card, Instant now) {
        boolean isSame = card.equals(payer.card()) && payer.rest() == null;
        Kept kept = payer.wallet().kept(card.paymentMethod()).orElse(new Kept(card, null, now));
        return isSame ? null : payer.with(payer.wallet().paysWith(kept)).with((Rest) null);
    }

    static @Nullable PayerDocument detached(PayerDocument payer, String paymentMethod) {
        PayerDocument next = without(payer, paymentMethod);
        return next.equals(payer) ? null : next;
    }

    private static PayerDocument without(PayerDocument payer, String paymentMethod) {
        boolean isCurrent = payer.card() != null && payer.card().paymentMethod().equals(paymentMethod);
        PayerDocument next = payer.with(payer.wallet().without(paymentMethod));
        return isCurrent ? next.with((Rest) null) : next;
    }

    private static boolean isCurrent(PayerDocument payer, Card card) {
        return payer.card() != null && payer.card().fingerprint().equals(card.fingerprint());
    }
}
