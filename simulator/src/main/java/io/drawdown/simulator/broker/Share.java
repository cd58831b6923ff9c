package io.drawdown.simulator.broker;

import org.jspecify.annotations.Nullable;

/** How far a group is with one partition, and what befell the partition. */
final class Share {

    @Nullable
    Claim owner;

    long committed;
    long standsStillUntilNanos;
    boolean isDisordered;

    /** Records before this one were taken by the owner, or committed by one before it. */
    long taken() {
        Claim claim = owner;
        return claim == null ? committed : Math.max(committed, claim.position());
    }
}
