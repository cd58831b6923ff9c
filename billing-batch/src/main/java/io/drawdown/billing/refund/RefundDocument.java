package io.drawdown.billing.refund;

import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.refund.ChargeFacts.Facts;
import io.drawdown.billing.store.Revision;
import io.drawdown.contracts.ChargeEvent;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What became of money after it was taken, as stored: refunds and disputes of one charge at Stripe. Replaced as a whole, guarded by
 * {@code revision.rev}.
 *
 * @param id Stripe's of the charge
 * @param refundedCents all that was given back so far
 * @param disputes the first ones that were seen, a bounded number
 */
@MongoEntity(collection = "refunds")
public record RefundDocument(
        @BsonId String id, Revision revision, Paid paid, long refundedCents, List<Dispute> disputes, Outbox outbox)
        implements GuardedDocument {

    private static final int SCHEMA = 1;
    private static final int MOST_DISPUTES = 20;

    /**
     * The money.
     *
     * @param charge ours, which was paid by it
     * @param reference what it was for
     */
    public record Paid(String charge, String payer, String reference, long amountCents) {}

    /**
     * The holder of the card says that the money was taken wrongly.
     *
     * @param status in Stripe's words
     */
    public record Dispute(String id, long amountCents, String reason, String status) {

        private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed", "prevented");

        boolean isClosed() {
            return CLOSED.contains(status);
        }

        private ChargeEvent.Dispute shown() {
            return new ChargeEvent.Dispute(id, amountCents, reason, status);
        }
    }

    /**
     * The events that may not be published yet.
     *
     * @param seq of the last event, published or not
     * @param entries absent if there are none
     * @param pending the time of the first entry, else absent
     */
    public record Outbox(
            long seq,
            @Nullable List<Entry> entries,
            @Nullable Instant pending) {

        static final Outbox EMPTY = new Outbox(0, null, null);

        List<Entry> unsent() {
            return entries == null ? List.of() : entries;
        }

        private static Outbox of(long seq, List<Entry> left) {
            return left.isEmpty()
                    ? new Outbox(seq, null, null)
                    : new Outbox(seq, left, left.getFirst().at());
        }
    }

    /** @param dispute absent if it is about a refund */
    public record Entry(
            long seq,
            ChargeEvent.Type type,
            Instant at,
            long refundedCents,
            @Nullable Dispute dispute) {}

    static RefundDocument of(String stripeCharge, Paid paid) {
        return new RefundDocument(stripeCharge, Revision.none(SCHEMA), paid, 0, List.of(), Outbox.EMPTY);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    /**
     * What Stripe shows, read after this document was; null if it is nothing new. A dispute that is closed stays as it was closed.
     */
    @Nullable
    RefundDocument seen(Facts facts, Instant now) {
        List<Entry> news = new ArrayList<>();
        if (facts.refundedCents() != refundedCents) {
            news.add(entry(news.size(), ChargeEvent.Type.REFUNDED, facts, null, now));
        }
        List<Dispute> next = new ArrayList<>(disputes);
        for (Dispute dispute : facts.disputes()) {
            Optional<Dispute> known = disputes.stream()
                    .filter(each -> each.id().equals(dispute.id()))
                    .findFirst();
            boolean isNews = known.isEmpty()
                    ? next.size() < MOST_DISPUTES
                    : !known.get().isClosed() && !known.get().equals(dispute);
            if (isNews) {
                known.ifPresent(next::remove);
                next.add(dispute);
                news.add(entry(news.size(), typeOf(known, dispute), facts, dispute, now));
            }
        }
        return news.isEmpty()
                ? null
                : new RefundDocument(id, revision, paid, facts.refundedCents(), List.copyOf(next), with(news));
    }

    private static ChargeEvent.Type typeOf(Optional<Dispute> known, Dispute dispute) {
        if (dispute.isClosed()) {
            return ChargeEvent.Type.DISPUTE_CLOSED;
        }
        return known.isEmpty() ? ChargeEvent.Type.DISPUTED : ChargeEvent.Type.DISPUTE_CHANGED;
    }

    private Entry entry(int place, ChargeEvent.Type type, Facts facts, @Nullable Dispute dispute, Instant now) {
        return new Entry(outbox.seq() + place + 1, type, now, facts.refundedCents(), dispute);
    }

    private Outbox with(List<Entry> news) {
        List<Entry> all = new ArrayList<>(outbox.unsent());
        all.addAll(news);
        return Outbox.of(news.getLast().seq(), List.copyOf(all));
    }

    /** Without the events up to that seq, which are published. */
    @Nullable
    RefundDocument trimmed(long drainedTo) {
        Outbox next = Outbox.of(
                outbox.seq(),
                outbox.unsent().stream()
                        .filter(entry -> entry.seq() > drainedTo)
                        .toList());
        return next.equals(outbox) ? null : new RefundDocument(id, revision, paid, refundedCents, disputes, next);
    }

    RefundDocument written(String writeId) {
        return new RefundDocument(id, revision.next(writeId), paid, refundedCents, disputes, outbox);
    }

    List<ChargeEvent> unsent() {
        return outbox.unsent().stream().map(this::eventOf).toList();
    }

    private ChargeEvent eventOf(Entry entry) {
        Dispute dispute = entry.dispute();
        return new ChargeEvent(
                entry.type(),
                id,
                entry.seq(),
                paid.payer(),
                paid.reference(),
                paid.amountCents(),
                entry.refundedCents(),
                Terms.USD,
                entry.at(),
                dispute == null ? null : dispute.shown());
    }
}
