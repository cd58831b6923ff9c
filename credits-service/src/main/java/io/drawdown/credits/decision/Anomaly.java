package io.drawdown.credits.decision;

/** Something worth counting that a decision met. It is not part of the answer. */
public enum Anomaly {
    /** A total above what was funded: someone was served for nothing. */
    USAGE_BEYOND_FUNDED,
    /** An epoch that this account never gave out. */
    FUTURE_EPOCH,
    /** Refused for want of credits, though what live sessions hold would have covered it. */
    SHORT_OF_HELD,
    /** Refused for want of credits that are gone. */
    SHORT_OF_SPENT
}
