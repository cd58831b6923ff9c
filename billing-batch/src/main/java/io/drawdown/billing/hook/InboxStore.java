package io.drawdown.billing.hook;

import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The port to the inbox. */
public interface InboxStore extends GuardedStore<HintDocument> {

    /** Those to look at by that time, the most urgent first. */
    Uni<List<HintDocument>> due(Instant by, int limit);

    /** The ids of those that are done and arrived before then, from that id on, in their order. */
    Uni<List<String>> doneBefore(Instant receivedBefore, String after, int limit);

    Uni<Void> remove(List<String> ids);
}
