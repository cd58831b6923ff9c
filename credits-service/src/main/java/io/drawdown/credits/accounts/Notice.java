package io.drawdown.credits.accounts;

/** What a decision met that should not be; counted, never answered. */
enum Notice {
    /** A total above what was funded: someone was served for nothing. */
    USAGE_BEYOND_FUNDED,
    /** An epoch that this account never gave out. */
    FUTURE_EPOCH
}
