package io.drawdown.tasks.store;

import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What the latest recount found, less the sums of all counters at its beginning: with the sums of the present it gives the numbers
 * of the present. One document, replaced as a whole and guarded by {@code rev}.
 *
 * @param nextAt when the next recount is due
 * @param cutAt when the recount that was claimed last begins: each process notes its sums then; absent before the first
 * @param correctedAt when the latest one was done; absent if there was none
 * @param settled counters that do not count any more: their processes ended before the recount
 */
@MongoEntity(collection = "recounts")
public record Recounted(
        @BsonId String id,
        long rev,
        Instant nextAt,
        @Nullable Instant cutAt,
        @Nullable Instant correctedAt,
        List<String> settled,
        List<StateCount> states,
        List<TenantTally> tenants) {

    public static final String ID = "tasks";

    /** Before the first recount. */
    public static final Recounted NEVER =
            new Recounted(ID, 0, Instant.EPOCH, null, null, List.of(), List.of(), List.of());

    /** @param count may be negative */
    public record StateCount(String type, Lane lane, TaskState.Name state, long count) {}

    /** One instance recounts from {@code begin} on, and no other one before {@code then}. */
    public Recounted claimed(Instant begin, Instant then) {
        return new Recounted(id, rev + 1, then, begin, correctedAt, settled, states, tenants);
    }
}
