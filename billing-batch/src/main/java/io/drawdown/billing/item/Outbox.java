package io.drawdown.billing.item;

import io.drawdown.billing.charge.Charge;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of an item that may not be published yet.
 *
 * @param seq of the last event, published or not
 * @param entries absent if there are none
 * @param pending the time of the first entry, else absent
 */
public record Outbox(
        long seq, @Nullable List<Entry> entries, @Nullable Instant pending) {

    /** An item with so many unpublished events is left alone until they are out. */
    static final int FULL = 64;

    static final Outbox EMPTY = new Outbox(0, null, null);

    /**
     * That an item has come to that status.
     *
     * @param life which life of the item this was
     * @param reason why, in one word; absent if nothing is to be said
     * @param cents as they were in that life; absent: as they are now
     */
    public record Entry(
            long seq,
            ItemStatus status,
            Instant at,
            int life,
            @Nullable String reason,
            @Nullable Cents cents) {}

    /**
     * What the item costs.
     *
     * @param amount what is charged for it; absent until it is decided whether it has a free place
     */
    public record Cents(long price, @Nullable Long amount) {

        static Cents of(ItemSpec spec, @Nullable Charge charge) {
            return new Cents(
                    spec.priceCents(), charge == null ? null : charge.terms().amountCents());
        }
    }

    /** The entries in the order of their sequence. */
    public List<Entry> unsent() {
        return entries == null ? List.of() : entries;
    }

    Outbox with(ItemStatus status, int life, Instant at, @Nullable String reason, Cents cents) {
        Entry entry = new Entry(seq + 1, status, at, life, reason, cents);
        return of(
                entry.seq(), Stream.concat(unsent().stream(), Stream.of(entry)).toList());
    }

    /** Without the entries up to that seq. */
    Outbox trimmed(long drainedTo) {
        return of(
                seq, unsent().stream().filter(entry -> entry.seq() > drainedTo).toList());
    }

    private static Outbox of(long seq, List<Entry> left) {
        return left.isEmpty()
                ? new Outbox(seq, null, null)
                : new Outbox(seq, left, left.getFirst().at());
    }
}
