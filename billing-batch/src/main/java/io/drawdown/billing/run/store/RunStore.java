package io.drawdown.billing.run.store;

import io.drawdown.billing.run.RunDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to the runs. */
public interface RunStore extends GuardedStore<RunDocument> {

    /**
     * The latest runs first.
     *
     * @param before only those before that id; null: from the latest on
     */
    Uni<List<RunDocument>> page(@Nullable String before, int limit);

    /** Those that ended before then and whose event may not be published yet; the oldest first. */
    Uni<List<RunDocument>> unsent(Instant endedBefore, int limit);

    /** The events of these are published. */
    Uni<Void> published(Collection<String> ids);

    /** The ids of runs that ended before then and are published, in their order, from the first after that id on. */
    Uni<List<String>> endedBefore(Instant end, String after, int limit);

    /** Removes these runs, which have ended. */
    Uni<Void> remove(Collection<String> ids);
}
