package io.drawdown.tasks.store;

import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.codecs.pojo.annotations.BsonId;

/**
 * The switch of the queue of one type, as stored; without one the queue is not paused.
 *
 * @param id the type
 */
@MongoEntity(collection = "queues")
public record QueueSwitch(@BsonId String id, boolean paused) {}
