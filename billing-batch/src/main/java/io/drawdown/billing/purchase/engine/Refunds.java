package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The port to Stripe for refunds. A call answers within a bounded time, on the core's thread, and does not fail. */
public interface Refunds {

    /** Gives the whole sum back. Asked again with the same key it answers the same; with another one it gives nothing more. */
    Uni<Outcome> refund(Refund refund);

    /** What became of it. */
    sealed interface Outcome {

        /** @param refund Stripe's id; null if the money had been given back before */
        record Done(@Nullable String refund) implements Outcome {}

        /** It may have been done. */
        record Unknown(String why) implements Outcome {}

        /** Stripe answers the same fault for as long as it knows the key: ask with another one. */
        record KeySpent() implements Outcome {}

        /** It was not done, and a person must look. */
        record Refused(String why) implements Outcome {}
    }
}
