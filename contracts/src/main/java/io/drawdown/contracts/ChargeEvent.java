package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of money after a card was charged; on {@link Topic#BILLING_PAYMENT}. Event id: {@code <chargeId>:<seq>}.
 *
 * @param chargeId Stripe's of the charge
 * @param seq of the event among those of the charge
 * @param payer whose card it was
 * @param reference what it was for, e.g. {@code item:acme/page-7}
 * @param amountCents what was taken
 * @param refundedCents all that was given back so far: of two events the one with the greater seq is true
 * @param dispute absent unless it is about one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record ChargeEvent(
        Type type,
        String chargeId,
        long seq,
        String payer,
        String reference,
        long amountCents,
        long refundedCents,
        String currency,
        Instant at,
        @Nullable Dispute dispute) {

    public String id() {
        return chargeId + ":" + seq;
    }

    /**
     * The holder of the card says that the money was taken wrongly.
     *
     * @param disputeId Stripe's
     * @param reason in Stripe's words
     * @param status in Stripe's words, e.g. {@code needs_response}, {@code lost}
     */
    public record Dispute(String disputeId, long amountCents, String reason, String status) {}

    /** What has happened. */
    public enum Type {
        /** The sum of what was given back has changed. */
        @JsonProperty("refunded")
        REFUNDED("io.drawdown.billing.charge-refunded.v1"),
        @JsonProperty("disputed")
        DISPUTED("io.drawdown.billing.charge-disputed.v1"),
        /** The dispute is in another state, and open. */
        @JsonProperty("dispute_changed")
        DISPUTE_CHANGED("io.drawdown.billing.charge-dispute-changed.v1"),
        /** The dispute is won or lost, for ever. */
        @JsonProperty("dispute_closed")
        DISPUTE_CLOSED("io.drawdown.billing.charge-dispute-closed.v1");

        private final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }

        public String eventType() {
            return eventType;
        }
    }
}
