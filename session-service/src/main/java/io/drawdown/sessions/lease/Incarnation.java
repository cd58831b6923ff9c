package io.drawdown.sessions.lease;

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
 * @param renewedAt database time of the last renewal: it says where to look for heartbeats, never whether the incarnation lives
 */
@MongoEntity(collection = "instances")
public record Incarnation(
        @BsonId String id,
        int schema,
        String instance,
        @Nullable Long renewals,
        Instant renewedAt,
        boolean fenced) {

    public static final int SCHEMA = 2;

    /** As it is after one more renewal. */
    public Incarnation renewed(Instant now) {
        return new Incarnation(id, schema, instance, renewals == null ? 1 : renewals + 1, now, fenced);
    }

    /** As it is once it is fenced. */
    public Incarnation asFenced() {
        return new Incarnation(id, schema, instance, renewals, renewedAt, true);
    }
}
