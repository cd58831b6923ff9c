package io.drawdown.credits.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What may be done with an account. Accounts are never deleted. */
public enum AccountStatus {
    @JsonProperty("active")
    ACTIVE,
    /** No new work and no refill; settles, releases and credits still apply. */
    @JsonProperty("suspended")
    SUSPENDED,
    /** Nothing any more, for ever. */
    @JsonProperty("closed")
    CLOSED
}
