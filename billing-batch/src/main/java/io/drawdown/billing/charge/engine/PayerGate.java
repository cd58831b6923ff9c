package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Terms;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to who pays. One charge of a payer is under way at a time, and a card that was declined rests; so a thousand charges
 * on one bad card are one decline. This saves the cards' owners and their issuers trouble. That no money is taken twice does not
 * depend on it.
 */
public interface PayerGate {

    /** May the charge be tried now? */
    sealed interface Entry {

        /** Yes; no other charge of the payer may until this one leaves, or for some minutes. */
        record Admitted(String customer, Card card) implements Entry {}

        /** Another charge is under way, or the card rests. */
        record NotNow(Instant until) implements Entry {}

        /** There is no card, or it must not be tried again, or not for so much. */
        record NeedsCard() implements Entry {}
    }

    /** What became of the charge meanwhile. */
    sealed interface Leave {

        /** @param card the one that paid; absent if that is not known */
        record Paid(@Nullable Card card) implements Leave {}

        /**
         * The card was declined. A decline that is reported again under the same id, by any process, is not counted again.
         *
         * @param id Stripe's id of the failed charge; the key of the attempt if Stripe made no charge
         */
        record Declined(String id, Card card, Decline decline) implements Leave {}

        /** Nothing that counts. */
        record Untried() implements Leave {}

        /** Stripe does not know the card any more. */
        record CardGone(Card card) implements Leave {}

        /** Stripe does not know the customer, so none of their cards. */
        record CustomerGone(String customer) implements Leave {}
    }

    /** @param terms whose card it is, and what is to be taken */
    Uni<Entry> enter(String chargeId, Terms terms);

    /** The charge is not under way any more. Answers when the card may be tried next; empty if it may not, or now. */
    Uni<Optional<Instant>> leave(String payerId, String chargeId, Leave result);
}
