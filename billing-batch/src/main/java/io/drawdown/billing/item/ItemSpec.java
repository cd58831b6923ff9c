package io.drawdown.billing.item;

import io.drawdown.kit.idempotency.Digest;

/**
 * What is to be published, as it was queued.
 *
 * @param itemId the team's own name of it
 * @param publisher whose it is
 * @param priceCents what it costs unless it has a free place; fixed when it is queued
 */
public record ItemSpec(String team, String itemId, String title, String publisher, long priceCents) {

    /** What a document's id looks like. */
    public static final String ID = "itm_[0-9a-f]{32}";

    /** The id of its document: the same for the same item of the same team, for ever. */
    public String documentId() {
        return "itm_" + Digest.of("item", team, itemId);
    }
}
