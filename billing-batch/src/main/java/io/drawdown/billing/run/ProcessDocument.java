package io.drawdown.billing.run;

import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a process between its runs: replaced as a whole, guarded by {@code revision.rev}. A rule for runners gives null to
 * one with a smaller fence than the document: a runner that was taken over can write nothing here.
 *
 * @param id its name
 * @param fence the greatest that has written this
 * @param isPaused whether runs skip it
 * @param cursor where the next run goes on; absent: from the start
 * @param servedAt when its turn came last; absent: never. Whoever waits the longest goes first
 * @param last what became of it last; absent: it has never run
 */
@MongoEntity(collection = "processes")
public record ProcessDocument(
        @BsonId String id,
        Revision revision,
        long fence,
        boolean isPaused,
        @Nullable String cursor,
        @Nullable Instant servedAt,
        @Nullable Last last)
        implements GuardedDocument {

    private static final int SCHEMA = 1;

    /** The latest run of it that is over. */
    public record Last(String runId, Instant endedAt, ProcessState.Over result, Figures figures) {

        /** The same, with that cursor. */
        public Last at(@Nullable String cursor) {
            Ending ending = result.ending().at(cursor);
            return new Last(runId, endedAt, new ProcessState.Over(ending, result.durationMillis()), figures);
        }
    }

    /** One that has never run. */
    public static ProcessDocument first(String name) {
        return new ProcessDocument(name, Revision.none(SCHEMA), 0, false, null, null, null);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /** Null if it is so already. */
    public @Nullable ProcessDocument paused(boolean paused) {
        return paused == isPaused ? null : new ProcessDocument(id, revision, fence, paused, cursor, servedAt, last);
    }

    /** Its turn has come: from now on it refuses whoever had it before. */
    public @Nullable ProcessDocument begun(long by, Instant now) {
        return by < fence ? null : new ProcessDocument(id, revision, by, isPaused, cursor, now, last);
    }

    /** It has come so far. */
    public @Nullable ProcessDocument saved(long by, String reached) {
        return by != fence || reached.equals(cursor)
                ? null
                : new ProcessDocument(id, revision, fence, isPaused, reached, servedAt, last);
    }

    /** It is over, in the run with that fence. */
    public @Nullable ProcessDocument ended(long by, Last result) {
        boolean isTold = last != null && last.runId().equals(result.runId());
        return by != fence || isTold
                ? null
                : new ProcessDocument(
                        id, revision, fence, isPaused, result.result().ending().cursor(), servedAt, result);
    }

    /** As it is written to the store. */
    public ProcessDocument written(String writeId) {
        return new ProcessDocument(id, revision.next(writeId), fence, isPaused, cursor, servedAt, last);
    }
}
