package io.drawdown.billing.purchase;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.store.Revision;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A purchase of credits as stored: replaced as a whole, guarded by {@code revision.rev}. {@link PurchaseRules} has every change. It
 * is never deleted, because it says what was paid.
 *
 * @param agenda follows from the rest
 */
@MongoEntity(collection = "purchases")
public record PurchaseDocument(
        @BsonId String id,
        Revision revision,
        PurchaseSpec spec,
        Charge charge,
        PurchaseState state,
        Agenda agenda,
        PurchaseOutbox outbox)
        implements GuardedDocument {

    static final int SCHEMA = 1;

    /**
     * What lists and sweeps ask for.
     *
     * @param due when there is something to do; absent: never
     * @param place in lists: the latest purchase has the greatest
     */
    public record Agenda(PurchaseStatus status, @Nullable Instant due, String place) {

        /** What a place looks like. */
        public static final String PLACE = "[0-9]{13}\\." + PurchaseSpec.ID;

        static Agenda of(PurchaseStatus status, @Nullable Instant due, PurchaseSpec spec, String id) {
            return new Agenda(
                    status, due, String.format("%013d.%s", spec.begunAt().toEpochMilli(), id));
        }
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    public PurchaseStatus status() {
        return agenda.status();
    }

    /** What the ledger of the account says about it, and the events of the account. */
    public String reference() {
        return referenceOf(id);
    }

    static String referenceOf(String id) {
        return "purchase " + id;
    }

    /** The id of the purchase of which an event of an account speaks; null if it speaks of none. */
    public static @Nullable String idOf(@Nullable String reference) {
        if (reference == null || !reference.startsWith("purchase ")) {
            return null;
        }
        String id = reference.substring("purchase ".length());
        return id.matches(PurchaseSpec.ID) ? id : null;
    }

    /** What was paid; null if nothing was. */
    public ChargeState.@Nullable Receipt receipt() {
        return charge.state() instanceof ChargeState.Charged charged ? charged.receipt() : null;
    }

    /** Why it did not come about, or was given back, in one word; null if there is nothing to say. */
    public @Nullable String reason() {
        return switch (state) {
            case PurchaseState.Failed failed -> failed.reason();
            case PurchaseState.Refunding refunding -> refunding.reason();
            case PurchaseState.Refunded refunded -> refunded.reason();
            default -> null;
        };
    }

    /** As it is written to the store. */
    public PurchaseDocument written(String writeId) {
        return new PurchaseDocument(id, revision.next(writeId), spec, charge, state, agenda, outbox);
    }
}
