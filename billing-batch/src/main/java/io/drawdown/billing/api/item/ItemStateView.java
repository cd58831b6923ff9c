package io.drawdown.billing.api.item;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.item.ItemStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where an item is, as clients see it. */
@Schema(name = "QueueItemState")
public enum ItemStateView {
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("preparing")
    PREPARING,
    @JsonProperty("confirming")
    CONFIRMING,
    @JsonProperty("unsettled")
    UNSETTLED,
    @JsonProperty("declined")
    DECLINED,
    @JsonProperty("waiting_for_card")
    WAITING_FOR_CARD,
    @JsonProperty("waiting_for_customer")
    WAITING_FOR_CUSTOMER,
    @JsonProperty("cancelling")
    CANCELLING,
    @JsonProperty("dead")
    DEAD,
    @JsonProperty("charged")
    CHARGED,
    @JsonProperty("publishing")
    PUBLISHING,
    @JsonProperty("publish_failed")
    PUBLISH_FAILED,
    @JsonProperty("publish_unknown")
    PUBLISH_UNKNOWN,
    @JsonProperty("published")
    PUBLISHED,
    @JsonProperty("cancelled")
    CANCELLED;

    static ItemStateView of(ItemStatus status) {
        return valueOf(status.name());
    }
}
