package io.drawdown.billing.topup;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.store.Revision;
import io.drawdown.contracts.Credits;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * The automatic top-up of an account, as stored: replaced as a whole, guarded by {@code revision.rev}. {@link TopUpRules} has every
 * change. It is never deleted: the numbers of its purchases are not used again.
 *
 * @param id of the account
 * @param notice a mail that is due; absent if none is
 * @param due when there is something to do; absent: when something happens to the account
 */
@MongoEntity(collection = "auto_top_ups")
public record TopUpDocument(
        @BsonId String id,
        Revision revision,
        Terms terms,
        Power power,
        Progress progress,
        @Nullable Due notice,
        @Nullable Instant due)
        implements GuardedDocument {

    static final int SCHEMA = 1;

    /**
     * What its owner wants.
     *
     * @param threshold it buys when the balance is at most this
     * @param pack the name of what it buys
     * @param mostPerDay how often it tries at most in a day
     * @param email who gets a mail if it turns itself off; absent: nobody
     */
    public record Terms(
            Credits threshold,
            String pack,
            int mostPerDay,
            @Nullable String email) {}

    /** @param reason why it is off; absent if it is on */
    public record Power(@Nullable Off reason, Instant since) {

        public boolean isOn() {
            return reason == null;
        }
    }

    /** Why it is off. */
    public enum Off {
        /** Several purchases in a row have failed; a new card turns it on again. */
        FAILURES,
        /** Its pack is not sold any more, or has no more credits than the threshold. */
        PACK_GONE,
        /** Its owner has removed it. */
        REMOVED
    }

    /**
     * What it has done.
     *
     * @param purchases how many it has begun, ever: the number of the latest
     * @param inFlight the purchase that is not over, at most one; absent if there is none
     * @param day in the zone of the service, e.g. {@code 2026-11-29}; absent before the first attempt
     * @param attempts on that day
     * @param attemptAt the latest
     * @param grantedSeq of the latest row in the ledger that gave credits of one of its purchases; what is older says nothing
     * @param failures in a row
     */
    public record Progress(
            long purchases,
            @Nullable InFlight inFlight,
            @Nullable String day,
            int attempts,
            @Nullable Instant attemptAt,
            long grantedSeq,
            int failures) {}

    /**
     * A purchase that is begun or about to be. Its id is stored here before it exists, and it is begun under this id only.
     *
     * @param pack as it was then
     */
    public record InFlight(String purchase, Pack pack, Instant since) {}

    /**
     * A mail that is due: it has turned itself off.
     *
     * @param n tells it from others
     * @param reason of the latest failure, or {@code pack_gone}
     */
    public record Due(long n, String reason, Instant since) {}

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    public boolean isRemoved() {
        return power.reason() == Off.REMOVED;
    }

    /** As it is written to the store. */
    public TopUpDocument written(String writeId) {
        return new TopUpDocument(id, revision.next(writeId), terms, power, progress, notice, due);
    }

    TopUpDocument with(Terms next) {
        return new TopUpDocument(id, revision, next, power, progress, notice, due);
    }

    TopUpDocument with(Power next) {
        return new TopUpDocument(id, revision, terms, next, progress, notice, due);
    }

    TopUpDocument with(Progress next) {
        return new TopUpDocument(id, revision, terms, power, next, notice, due);
    }

    TopUpDocument noticed(@Nullable Due next) {
        return new TopUpDocument(id, revision, terms, power, progress, next, due);
    }

    TopUpDocument dueAt(@Nullable Instant next) {
        return new TopUpDocument(id, revision, terms, power, progress, notice, next);
    }
}
