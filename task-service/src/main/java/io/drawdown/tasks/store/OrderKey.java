package io.drawdown.tasks.store;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The counter of one order key, as stored.
 *
 * @param id hash of the key
 * @param seq the last number that was given out
 * @param usedAt database time at which that was, or at which somebody saw that the key is still in use
 */
@MongoEntity(collection = "order_keys")
public record OrderKey(@BsonId String id, long seq, Instant usedAt) {}
