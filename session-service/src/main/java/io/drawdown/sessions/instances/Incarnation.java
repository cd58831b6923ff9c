package io.drawdown.sessions.instances;

import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * One start of one instance, as stored; its lease is what says that it lives. Once fenced it never writes again.
 *
 * @param instance the name that survives a restart
 * @param renewedAt database time of the last renewal
 */
public record Incarnation(@BsonId String id, int schema, String instance, Instant renewedAt, boolean fenced) {

    public static final int SCHEMA = 1;
}
