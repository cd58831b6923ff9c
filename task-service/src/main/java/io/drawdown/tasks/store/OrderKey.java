package io.drawdown.tasks.store;

import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The counter of one order key, as stored.
 *
 * @param id hash of the key
 * @param seq the last number that was given out
 */
@MongoEntity(collection = "order_keys")
public record OrderKey(@BsonId String id, long seq) {}
