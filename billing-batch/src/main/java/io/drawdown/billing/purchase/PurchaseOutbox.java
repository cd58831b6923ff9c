package io.drawdown.billing.purchase;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a purchase that may not be published yet. There are six at most.
 *
 * @param seq of the last event, published or not
 * @param entries absent if there are none
 * @param pending the time of the first entry, else absent
 */
public record PurchaseOutbox(
        long seq, @Nullable List<Entry> entries, @Nullable Instant pending) {

    static final PurchaseOutbox EMPTY = new PurchaseOutbox(0, null, null);

    /**
     * That a purchase has come to that status.
     *
     * @param reason why, in one word; absent if nothing is to be said
     * @param grantSeq of the row that gave the credits; else absent
     */
    public record Entry(
            long seq,
            PurchaseStatus status,
            Instant at,
            @Nullable String reason,
            @Nullable Long grantSeq) {}

    /** The entries in the order of their sequence. */
    public List<Entry> unsent() {
        return entries == null ? List.of() : entries;
    }

    PurchaseOutbox with(PurchaseStatus status, Instant at, @Nullable String reason, @Nullable Long grantSeq) {
        Entry entry = new Entry(seq + 1, status, at, reason, grantSeq);
        return of(
                entry.seq(), Stream.concat(unsent().stream(), Stream.of(entry)).toList());
    }

    PurchaseOutbox trimmed(long drainedTo) {
        return of(
                seq, unsent().stream().filter(entry -> entry.seq() > drainedTo).toList());
    }

    private static PurchaseOutbox of(long seq, List<Entry> left) {
        return left.isEmpty()
                ? new PurchaseOutbox(seq, null, null)
                : new PurchaseOutbox(seq, left, left.getFirst().at());
    }
}
