package io.drawdown.billing.run;

import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the batch processes of the installation: one document, so one runner. Whoever puts its run here has won; whoever takes
 * over the run of a dead instance raises the fence. Every document that a runner writes keeps the greatest fence that has written
 * it, and refuses a smaller one.
 *
 * @param fence one more with each run and each takeover; never falls
 * @param current absent while nothing runs
 */
@MongoEntity(collection = "runner")
public record RunnerDocument(
        @BsonId String id,
        Revision revision,
        long fence,
        @Nullable Current current) implements GuardedDocument {

    /** The id of the only one. */
    public static final String ID = "runner";

    private static final int SCHEMA = 1;

    /**
     * The run that is under way.
     *
     * @param owner the incarnation that runs it
     * @param takeovers how often it was taken over
     */
    public record Current(String runId, String owner, RunOrder order, Instant startedAt, int takeovers) {}

    /** Nothing has run yet. */
    public static RunnerDocument first() {
        return new RunnerDocument(ID, Revision.none(SCHEMA), 0, null);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /** Null while something runs. */
    public @Nullable RunnerDocument begin(String runId, String owner, RunOrder order, Instant now) {
        return current == null ? with(fence + 1, new Current(runId, owner, order, now, 0)) : null;
    }

    /** Null unless the run is still that of the dead incarnation. */
    public @Nullable RunnerDocument takeOver(Current dead, String owner) {
        boolean isDeads = current != null
                && current.runId().equals(dead.runId())
                && current.owner().equals(dead.owner());
        return isDeads
                ? with(
                        fence + 1,
                        new Current(dead.runId(), owner, dead.order(), dead.startedAt(), dead.takeovers() + 1))
                : null;
    }

    /** The same, written once more; null unless the fence is still that one. */
    public @Nullable RunnerDocument confirm(long held) {
        return isHeldBy(held) ? this : null;
    }

    /** Null unless the fence is still that one. */
    public @Nullable RunnerDocument release(long held) {
        return isHeldBy(held) ? with(fence, null) : null;
    }

    /** Whether whoever began or took over with that fence still has the run. */
    public boolean isHeldBy(long held) {
        return current != null && fence == held;
    }

    /** As it is written to the store. */
    public RunnerDocument written(String writeId) {
        return new RunnerDocument(id, revision.next(writeId), fence, current);
    }

    private RunnerDocument with(long nextFence, @Nullable Current next) {
        return new RunnerDocument(id, revision, nextFence, next);
    }
}
