package io.drawdown.billing.api.purchase;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.purchase.PurchaseStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a purchase is, as clients see it. */
@Schema(name = "PurchaseState")
public enum PurchaseStateView {
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
    @JsonProperty("paid")
    PAID,
    @JsonProperty("granted")
    GRANTED,
    @JsonProperty("refunding")
    REFUNDING,
    @JsonProperty("refunded")
    REFUNDED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("dead")
    DEAD;

    static PurchaseStateView of(PurchaseStatus status) {
        return valueOf(status.name());
    }
}
