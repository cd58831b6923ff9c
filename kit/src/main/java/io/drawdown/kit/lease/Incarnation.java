package io.drawdown.kit.lease;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One start of one instance, as stored. It lives as long as the count of its renewals rises. Once fenced it never writes
 * again.
 *
 * @param instance the name that survives a restart
 * @param renewals how often it has renewed its lease; null if it was stored before renewals were counted
 * @param renewedAt database time of the last renewal: it says where to look for what the incarnation did last, never whether
 *     it lives
 * @param fenced whether it may not write any more, however it ended
 * @param ended how it ended; null if it has not, or ended before this was noted
 * @param survived true if its process was alive when it learned that another had fenced it; else null
 */
@MongoEntity(collection = "instances")
public record Incarnation(
        @BsonId String id,
        int schema,
        String instance,
        @Nullable Long renewals,
        Instant renewedAt,
        boolean fenced,
        @Nullable Ending ended,
        @Nullable Boolean survived) {

    public static final int SCHEMA = 3;

    /** How an incarnation ended. The first ending stands. */
    public enum Ending {
        /** Its owner gave it up, in order. */
        RELEASED,
        /** Another saw that it did not renew: its process died, or froze, or could not reach the database. */
        FENCED
    }

    /** A new one. */
    public static Incarnation first(String id, String instance, Instant now) {
        return new Incarnation(id, SCHEMA, instance, 1L, now, false, null, null);
    }

    /** As it is after one more renewal. */
    public Incarnation renewed(Instant now) {
        return new Incarnation(id, schema, instance, renewals == null ? 1 : renewals + 1, now, fenced, ended, survived);
    }

    /** As it is once another has fenced it; one that has ended stays as it is. */
    public Incarnation asFenced() {
        return withEnding(Ending.FENCED);
    }

    /** As it is once its owner has given it up; one that has ended stays as it is. */
    public Incarnation asReleased() {
        return withEnding(Ending.RELEASED);
    }

    private Incarnation withEnding(Ending how) {
        return fenced ? this : new Incarnation(id, schema, instance, renewals, renewedAt, true, how, survived);
    }

    /** As it is once it knows that it was fenced; one that was not fenced stays as it is. */
    public Incarnation asSurvivor() {
        return fenced ? new Incarnation(id, schema, instance, renewals, renewedAt, true, ended, true) : this;
    }
}
