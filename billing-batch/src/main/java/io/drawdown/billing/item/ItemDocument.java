package io.drawdown.billing.item;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.item.ItemState.Open;
import io.drawdown.billing.item.ItemState.Ready;
import io.drawdown.contracts.TraceContext;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A queued item as stored: replaced as a whole, guarded by {@code revision.rev}. {@link ItemRules} has every change. It is
 * kept for ever, so that an item that was paid for is never charged again.
 *
 * @param charge absent until it is decided whether the item has a free place
 * @param agenda follows from the rest
 */
@MongoEntity(collection = "items")
public record ItemDocument(
        @BsonId String id,
        Revision revision,
        ItemSpec spec,
        Life life,
        @Nullable Charge charge,
        ItemState state,
        Agenda agenda,
        Outbox outbox)
        implements FencedDocument<ItemDocument> {

    /**
     * An item that was cancelled and is queued again begins another life.
     *
     * @param turn items take their turns in this order; see {@code Turns}
     * @param trace of the request that queued it; absent if it is in none
     */
    public record Life(
            int n, Instant queuedAt, Instant turn, @Nullable TraceContext trace) {

        public Life(int n, Instant queuedAt, Instant turn) {
            this(n, queuedAt, turn, null);
        }
    }

    /** That request queued it, for this life. */
    public ItemDocument queuedBy(@Nullable TraceContext request) {
        Life traced = new Life(life.n(), life.queuedAt(), life.turn(), request);
        return new ItemDocument(id, revision, spec, traced, charge, state, agenda, outbox);
    }

    /**
     * What lists and runs ask for.
     *
     * @param due when there is something to do; absent: never
     * @param notice since when its team is to be told that it has expired; absent: it is not, or it was told
     * @param place its place in the order of turns, while there is something to do or to tell; absent: no run looks at it
     */
    public record Agenda(
            ItemStatus status,
            @Nullable Instant due,
            @Nullable Instant notice,
            @Nullable String place) {

        static Agenda of(ItemStatus status, @Nullable Instant due, @Nullable Instant notice, Life life, String id) {
            boolean isOver = due == null && notice == null;
            return new Agenda(status, due, notice, isOver ? null : place(life.turn(), id));
        }

        /** Places of later turns are greater, as text too. */
        public static String place(Instant turn, String id) {
            return String.format("%013d.%s", turn.toEpochMilli(), id);
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

    @Override
    public long fence() {
        return revision.fence();
    }

    @Override
    public ItemDocument under(long fence) {
        return new ItemDocument(id, revision.under(fence), spec, life, charge, state, agenda, outbox);
    }

    public ItemStatus status() {
        return agenda.status();
    }

    /** The id of the charge of this life; its free place is under this name, too. */
    public String chargeId() {
        return id + "-" + life.n();
    }

    /** The document of the item that has this charge. */
    public static String idOf(String chargeId) {
        return chargeId.substring(0, chargeId.lastIndexOf('-'));
    }

    /** What it costs in this life. */
    public Outbox.Cents cents() {
        return Outbox.Cents.of(spec, charge);
    }

    /** Whether it is decided that nothing is due. */
    public boolean isFree() {
        return charge != null && charge.isFree();
    }

    /** Whether its next step takes money for the first time, or again after a decline. */
    public boolean needsMoney() {
        return state instanceof Open
                && charge != null
                && !charge.isFree()
                && charge.wish() == null
                && switch (charge.state()) {
                    case ChargeState.Queued _, ChargeState.Declined _, ChargeState.WaitingForCard _ -> true;
                    default -> false;
                };
    }

    /** Whether it may have been sent to where it is published. */
    public boolean wasPublishing() {
        return switch (state) {
            case Open _, ItemState.Cancelled _, ItemState.Dead _ -> false;
            case Ready ready -> ready.tries() > 0;
            case ItemState.Publishing _, ItemState.Undecided _, ItemState.Published _ -> true;
        };
    }

    /** Whether others must take its events before anything more is done with it. */
    public boolean isBacklogged() {
        return outbox.unsent().size() >= Outbox.FULL;
    }

    /** As it is written to the store. */
    public ItemDocument written(String writeId) {
        return new ItemDocument(id, revision.next(writeId), spec, life, charge, state, agenda, outbox);
    }
}
