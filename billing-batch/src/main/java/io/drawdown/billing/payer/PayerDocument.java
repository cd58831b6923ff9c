package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * Who pays, as stored: replaced as a whole, guarded by {@code revision.rev}. {@link PayerRules} has every change.
 *
 * @param customer Stripe's id; the same for ever
 * @param card absent if there is none
 * @param rest absent unless the card was declined
 * @param inFlight the charge that is under way; absent if none is
 * @param histories what networks count, of each card number that was declined
 */
@MongoEntity(collection = "payers")
public record PayerDocument(
        @BsonId String id,
        Revision revision,
        String customer,
        @Nullable Card card,
        @Nullable Rest rest,
        @Nullable InFlight inFlight,
        List<DeclineHistory> histories)
        implements GuardedDocument {

    static final int SCHEMA = 1;

    /**
     * Which write this is.
     *
     * @param rev one more with every replacement
     * @param writeId random per write
     * @param schema of the stored document
     */
    public record Revision(long rev, String writeId, int schema) {}

    /**
     * The card was declined, and rests.
     *
     * @param kind of the latest decline
     * @param code in the issuer's words
     * @param failures declines in a row
     * @param nextTry absent: once a card is attached
     */
    public record Rest(
            DeclineClass kind,
            String code,
            int failures,
            Instant since,
            @Nullable Instant nextTry) {}

    /** A charge is under way. */
    public record InFlight(String chargeId, Instant since) {

        /** After that long, whoever had it is gone. */
        static final Duration LONGEST = Duration.ofMinutes(15);

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(LONGEST));
        }
    }

    static PayerDocument of(String id, String customer) {
        return new PayerDocument(id, new Revision(0, "", SCHEMA), customer, null, null, null, List.of());
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /** Whether it has a card that may be tried, now or later. */
    public boolean hasUsableCard() {
        return card != null && (rest == null || rest.nextTry() != null);
    }

    /** What is known of that card number; empty if it was not declined lately. */
    Optional<DeclineHistory> history(String fingerprint) {
        return histories.stream()
                .filter(each -> each.fingerprint().equals(fingerprint))
                .findFirst();
    }

    PayerDocument with(DeclineHistory history) {
        List<DeclineHistory> next = Stream.concat(
                        histories.stream().filter(each -> !each.fingerprint().equals(history.fingerprint())),
                        Stream.of(history))
                .toList();
        int surplus = Math.max(0, next.size() - DeclineHistory.MOST_CARDS);
        return new PayerDocument(id, revision, customer, card, rest, inFlight, next.subList(surplus, next.size()));
    }

    PayerDocument with(@Nullable Card next) {
        return new PayerDocument(id, revision, customer, next, rest, inFlight, histories);
    }

    PayerDocument with(@Nullable Rest next) {
        return new PayerDocument(id, revision, customer, card, next, inFlight, histories);
    }

    PayerDocument with(@Nullable InFlight next) {
        return new PayerDocument(id, revision, customer, card, rest, next, histories);
    }

    PayerDocument written(String writeId) {
        Revision next = new Revision(revision.rev() + 1, writeId, revision.schema());
        return new PayerDocument(id, next, customer, card, rest, inFlight, histories);
    }
}
