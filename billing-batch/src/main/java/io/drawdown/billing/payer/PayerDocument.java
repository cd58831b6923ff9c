package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.store.Revision;
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
 * @param account who they are at Stripe
 * @param email is kept and shown; no mail is sent to it
 * @param rest absent unless the card that pays was declined
 * @param inFlight the charge that is under way; absent if none is
 * @param declines the ids of the latest ones that were counted, the oldest first
 */
@MongoEntity(collection = "payers")
public record PayerDocument(
        @BsonId String id,
        Revision revision,
        Customer account,
        @Nullable String email,
        Wallet wallet,
        @Nullable Rest rest,
        @Nullable InFlight inFlight,
        List<String> declines)
        implements GuardedDocument {

    static final int SCHEMA = 1;

    private static final int MOST_DECLINES = 40;

    /**
     * The card was declined, and rests.
     *
     * @param kind of the latest decline
     * @param code in the issuer's words
     * @param failures declines in a row
     * @param nextTry absent: once a card is attached
     * @param chargeId of the charge that was declined latest
     */
    public record Rest(
            DeclineClass kind,
            String code,
            int failures,
            Instant since,
            @Nullable Instant nextTry,
            @Nullable String chargeId) {

        boolean isOf(String charge) {
            return charge.equals(chargeId);
        }
    }

    /**
     * A charge is under way.
     *
     * @param trial the fingerprint of the card, if other payers pay with the same card too: this charge is then also listed under that
     *     fingerprint. Absent if no other payer has the card
     * @param next an urgent charge that waits; absent if none does. It has the place after this one, before any other may enter
     */
    public record InFlight(
            String chargeId,
            Instant since,
            @Nullable String trial,
            @Nullable String next) {

        /** After that long, whoever had it is gone. */
        static final Duration LONGEST = Duration.ofMinutes(15);

        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(LONGEST));
        }

        boolean isOf(String charge) {
            return chargeId.equals(charge);
        }

        InFlight before(@Nullable String urgent) {
            return new InFlight(chargeId, since, trial, urgent);
        }

        /** The place after this charge has left it; null: whoever comes first may enter. */
        @Nullable
        InFlight left(Instant now) {
            return next == null ? null : new InFlight(next, now, null, null);
        }
    }

    static PayerDocument of(String id, Customer account) {
        return new PayerDocument(id, Revision.none(SCHEMA), account, null, Wallet.EMPTY, null, null, List.of());
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /** Stripe's id of the customer; absent until Stripe has given it. */
    public @Nullable String customer() {
        return account.id();
    }

    /** The card that pays; absent if there is none. */
    public @Nullable Card card() {
        return wallet.card();
    }

    /** When the card that pays was attached; absent if there is none. */
    public Optional<Instant> cardSince() {
        Card card = wallet.card();
        return card == null
                ? Optional.empty()
                : wallet.kept(card.paymentMethod()).map(Wallet.Kept::attachedAt);
    }

    /** Whether it has a card that may be tried, now or later. */
    public boolean hasUsableCard() {
        return card() != null && (rest == null || rest.nextTry() != null);
    }

    /** What that card may be tried for at a time while its owner is away; 0 if there is none. */
    public long mostCents() {
        Consent consent = wallet.consent();
        long agreed = consent == null ? Long.MAX_VALUE : consent.capCents();
        return hasUsableCard() ? agreed : 0;
    }

    /** Whether the owner of the card did not agree that one charge takes so much while they are away. */
    public boolean isBeyondConsent(long cents) {
        Consent consent = wallet.consent();
        return consent != null && cents > consent.capCents();
    }

    /** When its card may be tried for that, maybe now; empty: once another one is attached. */
    public Optional<Instant> nextTry(Terms terms, Instant now) {
        return terms.isOffSession() && isBeyondConsent(terms.amountCents())
                ? Optional.empty()
                : PayerRules.nextTry(this, now);
    }

    PayerDocument counted(String decline) {
        List<String> all = Stream.concat(declines.stream(), Stream.of(decline)).toList();
        List<String> kept = all.subList(Math.max(0, all.size() - MOST_DECLINES), all.size());
        return new PayerDocument(id, revision, account, email, wallet, rest, inFlight, kept);
    }

    PayerDocument with(Customer next) {
        return new PayerDocument(id, revision, next, email, wallet, rest, inFlight, declines);
    }

    PayerDocument withEmail(@Nullable String next) {
        return new PayerDocument(id, revision, account, next, wallet, rest, inFlight, declines);
    }

    PayerDocument with(Wallet next) {
        return new PayerDocument(id, revision, account, email, next, rest, inFlight, declines);
    }

    PayerDocument with(@Nullable Rest next) {
        return new PayerDocument(id, revision, account, email, wallet, next, inFlight, declines);
    }

    PayerDocument with(@Nullable InFlight next) {
        return new PayerDocument(id, revision, account, email, wallet, rest, next, declines);
    }

    PayerDocument written(String writeId) {
        return new PayerDocument(id, revision.next(writeId), account, email, wallet, rest, inFlight, declines);
    }
}
