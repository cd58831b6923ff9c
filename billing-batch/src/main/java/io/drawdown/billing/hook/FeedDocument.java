package io.drawdown.billing.hook;

import io.drawdown.billing.store.Revision;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * How far Stripe's list of events was read, as stored.
 *
 * @param throughSeconds every event that was made up to then, by Stripe's clock, is in the inbox
 */
@MongoEntity(collection = "stripe_feeds")
public record FeedDocument(@BsonId String id, Revision revision, long throughSeconds) implements GuardedDocument {

    static final String EVENTS = "events";

    private static final int SCHEMA = 1;

    static FeedDocument first() {
        return new FeedDocument(EVENTS, Revision.none(SCHEMA), 0);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    @Nullable
    FeedDocument read(long through) {
        return through > throughSeconds ? new FeedDocument(id, revision, through) : null;
    }

    FeedDocument written(String writeId) {
        return new FeedDocument(id, revision.next(writeId), throughSeconds);
    }
}
