package io.drawdown.billing.item;

import io.drawdown.billing.charge.ChargeState;
import java.util.Locale;

/** Where an item is, for people, lists and events. */
public enum ItemStatus {
    QUEUED,
    PREPARING,
    CONFIRMING,
    UNSETTLED,
    DECLINED,
    WAITING_FOR_CARD,
    WAITING_FOR_CUSTOMER,
    CANCELLING,
    DEAD,
    CHARGED,
    PUBLISHING,
    PUBLISH_FAILED,
    PUBLISH_UNKNOWN,
    PUBLISHED,
    CANCELLED;

    static ItemStatus of(ChargeState.Name charge) {
        return valueOf(charge.name());
    }

    /** Whether it is news for others that an item has come here. */
    boolean isNews() {
        return switch (this) {
            case PREPARING, CONFIRMING, UNSETTLED, CANCELLING, PUBLISHING -> false;
            default -> true;
        };
    }

    /** Whether it waits for its turn, for money or for its publication. */
    public boolean isOpen() {
        return switch (this) {
            case DEAD, PUBLISHED, CANCELLED -> false;
            default -> true;
        };
    }

    /** Whether nothing that could take money is under way, so that it may be cancelled because it is old. */
    public boolean mayExpire() {
        return this == QUEUED || this == WAITING_FOR_CARD;
    }

    /** As it is on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
