package io.drawdown.billing.item.store;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The port to the items. */
public interface ItemStore extends GuardedStore<ItemDocument> {

    /** Those with something to do at that time, in the order of their turns. */
    Uni<List<ItemDocument>> due(Instant asOf, @Nullable Turn after, int limit);

    /** Those that may expire and were queued before then, in the order of their turns. */
    Uni<List<ItemDocument>> old(Instant queuedBefore, @Nullable Turn after, int limit);

    /** Those whose teams are to be told that they have expired, in the order of their turns. */
    Uni<List<ItemDocument>> untold(@Nullable Turn after, int limit);

    /** Those that fit, in the order of their turns. */
    Uni<List<ItemDocument>> page(Filter filter, @Nullable Turn after, int limit);

    /** How many items of the team there are in each status. */
    Uni<Map<ItemStatus, Long>> counts(String team);

    /** Those with events that were not published before then; the oldest first. */
    Uni<List<ItemDocument>> unsent(Instant pendingBefore, int limit);

    /**
     * Empties the outbox of each of these items whose latest event has this seq: all of its events are published. An item with a
     * later event stays as it is. Each gets the next {@code rev}, so that a writer that read it before
     * loses, and does not put its events back.
     */
    Uni<Void> trim(Map<String, Long> drainedTo);

    /**
     * Which items are listed.
     *
     * @param statuses empty: all
     */
    record Filter(@Nullable String team, List<ItemStatus> statuses) {}

    /** The place of an item in the order of turns. */
    record Turn(Instant at, String id) {

        /** What a cursor looks like. */
        public static final String FORM = "[0-9]{1,15}\\.itm_[0-9a-f]{32}";

        public static Turn of(ItemDocument item) {
            return new Turn(item.life().turn(), item.id());
        }

        /** Before all items of that time. */
        public static Turn before(Instant at) {
            return new Turn(at, "itm_" + "0".repeat(32));
        }

        public static Turn parse(String cursor) {
            int dot = cursor.indexOf('.');
            return new Turn(Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dot))), cursor.substring(dot + 1));
        }

        public String cursor() {
            return ItemDocument.Agenda.place(at, id);
        }
    }
}
