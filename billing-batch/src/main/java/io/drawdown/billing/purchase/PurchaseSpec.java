package io.drawdown.billing.purchase;

import io.drawdown.kit.idempotency.Digest;
import java.time.Instant;

/**
 * What is bought, as it was asked for.
 *
 * @param requestHash of the request; another request with the same key is refused
 * @param isOnSession the customer is there and can authenticate now
 * @param isAutomatic a top-up buys it by itself
 */
public record PurchaseSpec(
        String account, Pack pack, String requestHash, boolean isOnSession, boolean isAutomatic, Instant begunAt) {

    /** What a document's id looks like. */
    public static final String ID = "pur_[0-9a-f]{32}";

    private static final String PREFIX = "pur_";

    /** The id of the purchase that a client names by that key. */
    public static String idOf(String account, String clientKey) {
        return PREFIX + Digest.of("purchase", account, clientKey);
    }

    /** The id of the purchase with that number that the top-up of an account makes. */
    public static String idOfTopUp(String account, long n) {
        return PREFIX + Digest.of("auto-top-up", account, Long.toString(n));
    }
}
