package io.drawdown.credits.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where credits come from; what was given away burns before what was paid for, unless a grant says otherwise. */
public enum GrantKind {
    @JsonProperty("promo")
    PROMO(10),
    @JsonProperty("earned")
    EARNED(20),
    @JsonProperty("adjustment")
    ADJUSTMENT(30),
    @JsonProperty("purchased")
    PURCHASED(40);

    private final int defaultPriority;

    GrantKind(int defaultPriority) {
        this.defaultPriority = defaultPriority;
    }

    /** The priority of a grant that names none; lower burns first. */
    public int defaultPriority() {
        return defaultPriority;
    }
}
