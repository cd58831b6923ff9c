package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.store.Revision;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One card number as its network sees it, whoever pays with it; as stored: replaced as a whole, guarded by {@code revision.rev}.
 * Each rule gives the next document, or null if nothing changes.
 *
 * <p>The idea: a network counts the declines of a number, and one payer has one charge under way. So where one payer has the
 * card, the declines that are counted are all there are. Where several have it, each charge says here first that it is a trial; a
 * trial counts like a decline until it is over. So all of them together never go beyond the cap.
 *
 * @param id the fingerprint: the same for every payment method of the number
 * @param payers who has attached it, the latest last; a bounded number, but two at least if more than one has
 * @param trials the charges that are under way, if several payers have it
 */
@MongoEntity(collection = "fingerprints")
public record FingerprintDocument(
        @BsonId String id, Revision revision, DeclineHistory history, List<String> payers, List<Trial> trials)
        implements GuardedDocument {

    private static final int SCHEMA = 1;
    private static final int MOST_PAYERS = 32;

    /** A charge that may be declined any moment. */
    public record Trial(String chargeId, Instant since) {

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(PayerDocument.InFlight.LONGEST));
        }
    }

    static FingerprintDocument of(Card card, String payer) {
        return new FingerprintDocument(
                card.fingerprint(), Revision.none(SCHEMA), DeclineHistory.of(card), List.of(payer), List.of());
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    private boolean isShared() {
        return payers.size() > 1;
    }

    boolean hasTrial(String chargeId) {
        return trials.stream().anyMatch(each -> each.chargeId().equals(chargeId));
    }

    /** One more payer has the card. What the only one before may have under way is a trial from now on. */
    @Nullable
    FingerprintDocument joined(String payer, Instant now) {
        if (payers.contains(payer)) {
            return null;
        }
        List<String> all = Stream.concat(payers.stream(), Stream.of(payer)).toList();
        List<String> kept = all.subList(Math.max(0, all.size() - MOST_PAYERS), all.size());
        List<Trial> next = isShared() ? trials : List.of(new Trial("payer " + payers.getFirst(), now));
        return new FingerprintDocument(id, revision, history, kept, next);
    }

    /** When the card may be tried by that charge; not after {@code now} if it may now. */
    Instant allowedAt(String chargeId, Instant now) {
        return history.allowedAt(others(chargeId, now).size(), now);
    }

    /** The charge is a trial, if it may be and has to be one. */
    @Nullable
    FingerprintDocument tried(String chargeId, Instant now) {
        if (!isShared() || allowedAt(chargeId, now).isAfter(now)) {
            return null;
        }
        List<Trial> next = Stream.concat(others(chargeId, now).stream(), Stream.of(new Trial(chargeId, now)))
                .toList();
        return new FingerprintDocument(id, revision, history, payers, next);
    }

    /** The charge is over; nothing counts. */
    @Nullable
    FingerprintDocument left(String chargeId, Instant now) {
        return hasTrial(chargeId)
                ? new FingerprintDocument(id, revision, history, payers, others(chargeId, now))
                : null;
    }

    /** The charge was declined: counted once per id. */
    @Nullable
    FingerprintDocument declined(String chargeId, String decline, Instant now) {
        return history.has(decline)
                ? left(chargeId, now)
                : new FingerprintDocument(id, revision, history.counted(decline, now), payers, others(chargeId, now));
    }

    private List<Trial> others(String chargeId, Instant now) {
        return trials.stream()
                .filter(each -> !each.chargeId().equals(chargeId) && !each.isOver(now))
                .toList();
    }

    FingerprintDocument written(String writeId) {
        return new FingerprintDocument(id, revision.next(writeId), history, payers, trials);
    }
}
