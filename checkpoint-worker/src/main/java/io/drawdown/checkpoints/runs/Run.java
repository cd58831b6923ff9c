package io.drawdown.checkpoints.runs;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * One run of one worker, also its document in the database.
 *
 * @param id sorts by time: the start in milliseconds, then the worker
 * @param schema version of this document
 * @param worker the instance that ran it
 * @param partitions how many partitions it owned at the end
 * @param sessions how many sessions it kept at the end
 * @param emitted readings that were reported
 * @param records records that carried them
 * @param failures records that did not get through
 * @param forgotten sessions that were silent too long
 * @param backlog sessions that were due and not reported at the end
 * @param lagMillis the longest time from due to reported, or still waiting
 * @param elapsedMillis for how long of the interval something was due and not yet reported
 */
// More than 8 components: a stored document that is one row of counters.
@MongoEntity(collection = "runs")
public record Run(
        @BsonId String id,
        int schema,
        String worker,
        Instant startedAt,
        long intervalMillis,
        int partitions,
        int sessions,
        long emitted,
        long records,
        long failures,
        long forgotten,
        int backlog,
        long lagMillis,
        long elapsedMillis) {

    public static final int SCHEMA = 1;
}
