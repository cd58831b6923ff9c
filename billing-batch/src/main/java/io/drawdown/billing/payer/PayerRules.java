package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.payer.PayerDocument.InFlight;
import io.drawdown.billing.payer.PayerDocument.Rest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every change of a payer: pure. Each gives the next document, or null if nothing changes. */
final class PayerRules {

    private PayerRules() {}

    /** Whether that charge may be tried now. */
    static Entry entry(PayerDocument payer, String chargeId, Instant now) {
        Card card = payer.card();
        Rest rest = payer.rest();
        if (card == null || (rest != null && rest.nextTry() == null)) {
            return new Entry.NeedsCard();
        }
        InFlight other = payer.inFlight();
        if (other != null && !other.chargeId().equals(chargeId) && !other.isOver(now)) {
            return new Entry.NotNow(other.since().plus(InFlight.LONGEST));
        }
        Instant rested = rest == null ? now : Objects.requireNonNull(rest.nextTry());
        Instant allowed = payer.history(card.fingerprint())
                .map(history -> history.allowedAt(now))
                .orElse(now);
        Instant free = rested.isAfter(allowed) ? rested : allowed;
        return free.isAfter(now) ? new Entry.NotNow(free) : new Entry.Admitted(payer.customer(), card);
    }

    static @Nullable PayerDocument entered(PayerDocument payer, String chargeId, Instant now) {
        boolean isAdmitted = entry(payer, chargeId, now) instanceof Entry.Admitted;
        return isAdmitted ? payer.with(new InFlight(chargeId, now)) : null;
    }

    static @Nullable PayerDocument left(PayerDocument payer, String chargeId, Leave result, Instant now) {
        PayerDocument known =
                switch (result) {
                    case Leave.Paid paid -> paid(payer, paid.card());
                    case Leave.Declined declined -> declined(payer, declined, now);
                    case Leave.CardGone gone -> detached(payer, gone.card().paymentMethod());
                    case Leave.Untried _ -> payer;
                };
        boolean isInFlight =
                known.inFlight() != null && known.inFlight().chargeId().equals(chargeId);
        PayerDocument next = isInFlight ? known.with((InFlight) null) : known;
        return next.equals(payer) ? null : next;
    }

    private static PayerDocument paid(PayerDocument payer, @Nullable Card card) {
        boolean isCurrent = card != null && isCurrent(payer, card);
        return isCurrent && payer.rest() != null ? payer.with((Rest) null) : payer;
    }

    private static PayerDocument declined(PayerDocument payer, Leave.Declined declined, Instant now) {
        Card card = declined.card();
        DeclineHistory history = payer.history(card.fingerprint()).orElseGet(() -> DeclineHistory.of(card));
        if (history.has(declined.id())) {
            return payer;
        }
        PayerDocument counted = payer.with(history.counted(declined.id(), now));
        return isCurrent(payer, card) ? counted.with(resting(payer.rest(), declined.decline(), now)) : counted;
    }

    private static Rest resting(@Nullable Rest before, Decline decline, Instant now) {
        int failures = before == null ? 1 : before.failures() + 1;
        DeclineClass kind = decline.kind();
        String code = Objects.requireNonNullElse(decline.declineCode(), decline.code());
        return new Rest(
                kind, code, failures, now, kind.rest(failures).map(now::plus).orElse(null));
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

    /** A new card rests only as long as its network demands. */
    static @Nullable PayerDocument attached(PayerDocument payer, Card card) {
        PayerDocument next = payer.with(card).with((Rest) null);
        return next.equals(payer) ? null : next;
    }

    static PayerDocument detached(PayerDocument payer, String paymentMethod) {
        boolean isCurrent = payer.card() != null && payer.card().paymentMethod().equals(paymentMethod);
        return isCurrent ? payer.with((Card) null).with((Rest) null) : payer;
    }

    private static boolean isCurrent(PayerDocument payer, Card card) {
        return payer.card() != null && payer.card().fingerprint().equals(card.fingerprint());
    }
}
