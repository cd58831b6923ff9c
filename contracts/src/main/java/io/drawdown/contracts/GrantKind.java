package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the credits of a grant come from. */
public enum GrantKind {
    @JsonProperty("promo")
    PROMO,
    @JsonProperty("earned")
    EARNED,
    @JsonProperty("adjustment")
    ADJUSTMENT,
    @JsonProperty("purchased")
    PURCHASED;

    /** Whether money was paid for them; all others were given. */
    public boolean isPaid() {
        return this == PURCHASED;
    }
}
