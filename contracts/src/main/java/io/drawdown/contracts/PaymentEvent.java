package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a payment; the data of every event on {@link Topic#BILLING_PAYMENT}. Event id: {@code <paymentId>:<seq>}.
 *
 * @param paymentId of the purchase
 * @param seq of the event among those of the payment
 * @param accountId who paid, and for whom
 * @param purchase what was bought
 * @param amountCents what it costs
 * @param reason why, in one word; absent if nothing is to be said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record PaymentEvent(
        Type type,
        String paymentId,
        long seq,
        String accountId,
        @Nullable Purchase purchase,
        long amountCents,
        String currency,
        Instant at,
        @Nullable String reason) {

    public String id() {
        return paymentId + ":" + seq;
    }

    /**
     * The credits that were bought.
     *
     * @param automatic whether a top-up bought them by itself
     * @param grantSeq of the row in the ledger of the account that gave them; absent until they are given
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Purchase(
            String pack,
            Credits credits,
            boolean automatic,
            @Nullable Long grantSeq) {}

    /** The step. */
    public enum Type {
        /** The money was taken. */
        @JsonProperty("paid")
        PAID("io.drawdown.billing.payment-succeeded.v1"),
        /** The customer must authenticate. */
        @JsonProperty("waiting_for_customer")
        WAITING_FOR_CUSTOMER("io.drawdown.billing.payment-customer-wanted.v1"),
        /** The credits were given. */
        @JsonProperty("granted")
        GRANTED("io.drawdown.billing.payment-granted.v1"),
        /** No money was taken, and none will be. */
        @JsonProperty("failed")
        FAILED("io.drawdown.billing.payment-failed.v1"),
        /** The money was given back. */
        @JsonProperty("refunded")
        REFUNDED("io.drawdown.billing.payment-refunded.v1"),
        /** A person must look. */
        @JsonProperty("dead")
        DEAD("io.drawdown.billing.payment-dead-lettered.v1");

        private final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }

        /** By its word on the wire. */
        public static Type of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        public String eventType() {
            return eventType;
        }
    }
}
