package io.drawdown.billing.purchase;

import io.drawdown.billing.charge.Charge;
import java.util.Locale;

/** Where a purchase is, for people, lists and events. */
public enum PurchaseStatus {
    QUEUED,
    PREPARING,
    CONFIRMING,
    UNSETTLED,
    DECLINED,
    WAITING_FOR_CARD,
    WAITING_FOR_CUSTOMER,
    CANCELLING,
    PAID,
    GRANTED,
    REFUNDING,
    REFUNDED,
    FAILED,
    DEAD;

    static PurchaseStatus of(Charge charge, PurchaseState state) {
        return switch (state) {
            case PurchaseState.Open _ -> valueOf(charge.state().name().name());
            case PurchaseState.Paid _ -> PAID;
            case PurchaseState.Granted _ -> GRANTED;
            case PurchaseState.Refunding _ -> REFUNDING;
            case PurchaseState.Refunded _ -> REFUNDED;
            case PurchaseState.Failed _ -> FAILED;
            case PurchaseState.Dead _ -> DEAD;
        };
    }

    /** Whether others are told that a purchase has come here. */
    boolean isNews() {
        return switch (this) {
            case WAITING_FOR_CUSTOMER, PAID -> true;
            default -> isOver();
        };
    }

    /** Whether nothing is left to do with it. */
    public boolean isOver() {
        return switch (this) {
            case GRANTED, REFUNDED, FAILED, DEAD -> true;
            default -> false;
        };
    }

    /** As it is on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
