package io.drawdown.simulator.broker;

import io.drawdown.kit.events.RawRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What a member of a {@link Group} does; called on the thread of its process. */
public interface GroupConsumer {

    /** Takes a batch; the next one comes when this one is done with. Never fails. */
    Uni<Void> handle(List<RawRecord> records);

    /** The partition is this member's. */
    default void assigned(int partition) {}

    /** The partition is another's, perhaps for some time already. */
    default void revoked(int partition) {}
}
