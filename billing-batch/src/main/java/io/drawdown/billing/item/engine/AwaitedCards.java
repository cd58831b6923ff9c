package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.item.store.ItemStore.Filter;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Goes on at once with the items of a payer who has another card, one after the other, until one is declined again. It only saves
 * the wait for the next run, which does the rest. Belongs to the thread of its core.
 */
final class AwaitedCards {

    /** The rest is done by the next run. */
    static final int MOST = 100;

    private static final Logger LOG = Logger.getLogger(AwaitedCards.class);
    private static final List<ItemStatus> WAITING = List.of(
            ItemStatus.QUEUED, ItemStatus.DECLINED, ItemStatus.WAITING_FOR_CARD, ItemStatus.WAITING_FOR_CUSTOMER);

    private final ItemStore store;
    private final ItemWork work;
    private final Set<String> busy = new HashSet<>();

    AwaitedCards(ItemStore store, ItemWork work) {
        this.store = store;
        this.work = work;
    }

    /** Answers when all is done that is done at once. */
    Uni<Void> attached(String payerId, Turn turn) {
        if (!busy.add(payerId)) {
            return Uni.createFrom().voidItem();
        }
        return store.page(new Filter(payerId, WAITING), null, MOST)
                .chain(found -> next(new ArrayDeque<>(found), turn))
                .onFailure()
                .invoke(fault -> LOG.warnf("Items do not go on with the new card: payer=%s fault=%s", payerId, fault))
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(() -> busy.remove(payerId));
    }

    private Uni<Void> next(Deque<ItemDocument> left, Turn turn) {
        if (left.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return work.work(left.remove(), turn, false)
                .chain(worked -> mayGoOn(worked) ? next(left, turn) : Uni.createFrom().voidItem());
    }

    private static boolean mayGoOn(Worked worked) {
        return switch (worked) {
            case Worked.Done _, Worked.Waits _ -> true;
            case Worked.Failed failed -> failed.item().status() != ItemStatus.DECLINED;
            case Worked.OutOfTime _, Worked.Stopped _ -> false;
        };
    }
}
