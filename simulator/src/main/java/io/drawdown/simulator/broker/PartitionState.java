package io.drawdown.simulator.broker;

import org.jspecify.annotations.Nullable;

/** The progress of a group in one partition, and the faults of the partition. */
final class PartitionState {

    @Nullable
    Assignment owner;

    long committed;
    long pausedUntilNanos;
    boolean isDisordered;

    /** The offset before which all records were taken by the owner, or committed by an earlier owner. */
    long taken() {
        Assignment assignment = owner;
        return assignment == null ? committed : Math.max(committed, assignment.position());
    }
}
