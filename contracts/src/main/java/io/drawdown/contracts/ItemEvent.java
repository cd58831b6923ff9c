package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a queued item; the data of every event on {@link Topic#BILLING_ITEM}. Event id: {@code <queueItemId>:<seq>}.
 *
 * @param itemId the team's own name of the item
 * @param life rises when an item that was cancelled is queued again
 * @param priceCents what it costs unless it has a free place
 * @param amountCents what is charged for it, 0 for a free place; absent until that is decided
 * @param reason why, in one word; absent if nothing is to be said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record ItemEvent(
        Type type,
        String queueItemId,
        long seq,
        String team,
        String itemId,
        int life,
        long priceCents,
        @Nullable Long amountCents,
        Instant at,
        @Nullable String reason) {

    public String id() {
        return queueItemId + ":" + seq;
    }

    /** The step. */
    public enum Type {
        @JsonProperty("queued")
        QUEUED("io.drawdown.billing.item-queued.v1"),
        /** The money was taken, or nothing was due. */
        @JsonProperty("charged")
        CHARGED("io.drawdown.billing.item-charged.v1"),
        @JsonProperty("declined")
        DECLINED("io.drawdown.billing.item-declined.v1"),
        /** There is no card that may be tried. */
        @JsonProperty("waiting_for_card")
        WAITING_FOR_CARD("io.drawdown.billing.item-card-wanted.v1"),
        /** The customer must authenticate. */
        @JsonProperty("waiting_for_customer")
        WAITING_FOR_CUSTOMER("io.drawdown.billing.item-customer-wanted.v1"),
        @JsonProperty("published")
        PUBLISHED("io.drawdown.billing.item-published.v1"),
        /** It is tried again, without another charge. */
        @JsonProperty("publish_failed")
        PUBLISH_FAILED("io.drawdown.billing.item-publish-failed.v1"),
        /** Nobody can look whether it was published: a person decides. */
        @JsonProperty("publish_unknown")
        PUBLISH_UNKNOWN("io.drawdown.billing.item-publish-doubted.v1"),
        @JsonProperty("cancelled")
        CANCELLED("io.drawdown.billing.item-cancelled.v1"),
        /** A person must look at its charge. */
        @JsonProperty("dead")
        DEAD("io.drawdown.billing.item-dead-lettered.v1");

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
