package io.drawdown.billing.item;

import io.drawdown.billing.item.ItemState.Cancelled;
import io.drawdown.billing.item.ItemState.Dead;
import io.drawdown.billing.item.ItemState.Published;
import io.drawdown.billing.item.ItemState.Ready;
import io.drawdown.billing.item.ItemState.Undecided;
import io.drawdown.billing.publish.PublishFault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person says of an item that cannot go on by itself: pure. Each gives the next document, or null if it does not apply. */
public final class ItemDecisions {

    /** The reason of the event of an item whose money was found. */
    static final String FOUND_CHARGED = "found_charged";

    /** The reason of a cancellation, because its charge is dead and took no money. */
    static final String NOT_CHARGED = "not_charged";

    private ItemDecisions() {}

    /** Whether it was published. If not, it is published again. */
    public static @Nullable ItemDocument published(ItemDocument item, boolean isPublished, Instant now) {
        if (!(item.state() instanceof Undecided s)) {
            return null;
        }
        ItemState next =
                isPublished ? new Published(now, null) : new Ready(now, s.last().n(), PublishFault.LOST);
        return ItemRules.with(item, item.charge(), next, now, isPublished ? null : PublishFault.LOST.code());
    }

    /**
     * Whether its dead charge took the money. If so, it is published. If not, it is cancelled, and may be queued again: then it has
     * another charge. The dead one stays as it is, and never takes money again.
     */
    public static @Nullable ItemDocument charged(ItemDocument item, boolean isCharged, Instant now) {
        if (!(item.state() instanceof Dead)) {
            return null;
        }
        ItemState next = isCharged ? new Ready(now, 0, null) : new Cancelled(now, NOT_CHARGED);
        return ItemRules.with(item, item.charge(), next, now, isCharged ? FOUND_CHARGED : NOT_CHARGED);
    }
}
