package io.drawdown.tasks.store;

import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What one process has done to the numbers of tasks since it started, as stored: sums, so that a write that is repeated, lost or
 * late changes nothing that the next one does not mend.
 *
 * @param id the first incarnation of the process; it goes on under it if that is fenced
 * @param number rises with each write, so that none overwrites a later one
 * @param at when these were the sums
 * @param cut the sums at the beginning of the latest recount; absent if the process did not hear of it in time
 */
@MongoEntity(collection = "counters")
public record InstanceCounters(
        @BsonId String id,
        long number,
        Instant at,
        Load load,
        List<StateTally> states,
        List<TenantTally> tenants,
        List<TypeMinute> minute,
        @Nullable Cut cut) {

    /**
     * What it runs.
     *
     * @param slots tasks that it may run at the same time
     */
    public record Load(int running, int slots) {}

    /** How many tasks it brought into a state, and how many out of it. */
    public record StateTally(String type, Lane lane, TaskState.Name state, long entered, long left) {

        public long net() {
            return entered - left;
        }
    }

    /**
     * By how much it changed the numbers of tasks of one tenant that are not over.
     *
     * @param tenant empty: all tenants that are not named
     */
    public record TenantTally(String tenant, long scheduled, long pending, long processing) {

        public static final String OTHERS = "";

        public long open() {
            return scheduled + pending + processing;
        }
    }

    /** The sums at a time that was agreed. */
    public record Cut(Instant at, List<StateTally> states, List<TenantTally> tenants) {}

    /** Runs of one type in the minute before. */
    public record TypeMinute(String type, long started, long completed, long failed) {}
}
