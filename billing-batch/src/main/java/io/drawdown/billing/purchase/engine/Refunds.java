package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The port to Stripe for refunds. A call answers within a bounded time, on the core's thread, and does not fail. */
public interface Refunds {

    /**
     * Gives back what is left of the sum, however it came that a part was given back before. Asked again, with the same key or another
     * one, it gives nothing more.
     */
    Uni<Outcome> refund(Refund refund);

    /** What became of it. */
    sealed interface Outcome {

        /**
         * The money has been given back.
         *
         * @param refund Stripe's id; null if it was given back otherwise, e.g. by a person
         */
        record Done(@Nullable String refund) implements Outcome {}

        /** It may have been done, or it is under way. */
        record Unknown(String why) implements Outcome {}

        /** Stripe answers the same fault for as long as it knows the key: ask with another one. */
        record KeySpent() implements Outcome {}

        /** It was not done, and a person must look. */
        record Refused(String why) implements Outcome {}
    }
}
