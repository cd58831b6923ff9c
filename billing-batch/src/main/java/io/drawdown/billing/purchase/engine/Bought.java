package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.contracts.ProblemType;

/** What became of a request to buy. */
public sealed interface Bought {

    /** @param isRepeated whether an earlier request with the same key has begun it */
    record Begun(PurchaseDocument purchase, boolean isRepeated) implements Bought {}

    /** Nothing was begun. */
    record Refused(ProblemType problem) implements Bought {}
}
