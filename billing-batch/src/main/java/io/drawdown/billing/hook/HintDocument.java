package io.drawdown.billing.hook;

import io.drawdown.billing.store.Revision;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Duration;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A hint in the inbox, as stored: one per event of Stripe, however often it arrives. Each rule gives the next document, or null if
 * nothing changes.
 *
 * @param due when it is looked at; absent: it is done
 * @param tries how often that failed
 */
@MongoEntity(collection = "stripe_events")
public record HintDocument(
        @BsonId String id,
        Revision revision,
        String type,
        String object,
        Instant receivedAt,
        @Nullable Instant due,
        int tries)
        implements GuardedDocument {

    private static final int SCHEMA = 1;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 9;

    /** After this time a hint is given up. That loses nothing: no charge depends on a hint. */
    private static final Duration LONGEST = Duration.ofDays(30);

    static HintDocument of(Hint hint, Instant now) {
        return new HintDocument(hint.event(), Revision.none(SCHEMA), hint.type(), hint.object(), now, now, 0);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    Hint hint() {
        return new Hint(id, type, object);
    }

    boolean isDone() {
        return due == null;
    }

    @Nullable
    HintDocument done() {
        return isDone() ? null : new HintDocument(id, revision, type, object, receivedAt, null, tries);
    }

    /** It could not be looked at; it is tried again, ever more seldom, for 30 days. */
    @Nullable
    HintDocument failed(Instant now) {
        if (isDone()) {
            return null;
        }
        if (receivedAt.plus(LONGEST).isBefore(now)) {
            return done();
        }
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return new HintDocument(id, revision, type, object, receivedAt, now.plus(pause), tries + 1);
    }

    HintDocument written(String writeId) {
        return new HintDocument(id, revision.next(writeId), type, object, receivedAt, due, tries);
    }
}
