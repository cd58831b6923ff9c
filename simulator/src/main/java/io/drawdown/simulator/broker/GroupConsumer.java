package io.drawdown.simulator.broker;

import io.drawdown.kit.events.RawRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What a member of a {@link ConsumerGroup} does. The group calls it on the thread of the member's process. */
public interface GroupConsumer {

    /** Handles a batch. The next one comes when the result completes. Never fails. */
    Uni<Void> handle(List<RawRecord> records);

    /** The partition is assigned to this member. */
    default void assigned(int partition) {}

    /** The partition is assigned to another member, perhaps for some time already. */
    default void revoked(int partition) {}
}
