package io.drawdown.tasks.enqueue;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.Waits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one order key run one after the other, in the order of their enqueue, retries included. Each gets a number
 * before its insert. Of those that are not over, the least one is the head, and only the head gets a place in the queue: it
 * is woken by the event of the insert, and by that of the end of its predecessor. Numbers that were never used are harmless.
 */
public final class OrderKeys {

    static final Duration REST = Duration.ofDays(1);

    private static final int PAGE = 256;
    private static final int AT_ONCE = 16;

    private final OrderKeyStore numbers;
    private final OrderNumbers inTurn;
    private final TaskStore store;
    private final GuardedWrites<TaskDocument> writes;
    private final Claims claims;

    public OrderKeys(OrderKeyStore numbers, TaskStore store, GuardedWrites<TaskDocument> writes, Claims claims) {
        this.numbers = numbers;
        this.inTurn = new OrderNumbers(numbers);
        this.store = store;
        this.writes = writes;
        this.claims = claims;
    }

    /**
     * The place of a task that is about to be stored; null if it has no order key. Fails with {@code Unavailable} only: what is about
     * to be stored is not.
     */
    public Uni<@Nullable Order> placeOf(Spec spec) {
        String hash = spec.orderHash();
        return hash == null
                ? Uni.createFrom().nullItem()
                : inTurn.next(hash)
                        .map(seq -> new Order(hash, seq))
                        .onFailure(OutcomeUnknown.class)
                        .transform(fault -> new Unavailable("no place in its order key, nothing was stored", fault));
    }

    /**
     * Removes a page of counters that nobody needs: no number was given out for a day, so every task that got one was stored long
     * ago, and of those none is open. A number that is given out meanwhile keeps its counter. A key with open tasks is asked about
     * again a day later.
     *
     * @return whether there may be more
     */
    public Uni<Boolean> removeUnused(Instant now) {
        return numbers.unusedSince(now.minus(REST), PAGE).chain(unused -> Multi.createFrom()
                .iterable(unused)
                .onItem()
                .transformToUni(this::removeUnlessOpen)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWith(unused.size() == PAGE));
    }

    private Uni<Void> removeUnlessOpen(OrderKey key) {
        return store.headOf(key.id()).chain(head -> head.isPresent() ? numbers.keep(key) : numbers.remove(key));
    }

    /**
     * Gives the head of the key its place in the queue, unless it has it. May be repeated at any time. Fails if what it read was
     * too old to tell which task is the head.
     *
     * @param cause a task with this key that was stored or is over
     */
    public Uni<Void> wake(String orderHash, String cause) {
        return store.headOf(orderHash).chain(head -> head.isEmpty() ? wakeNobody(cause) : wakeFresh(head.get()));
    }

    private Uni<Void> wakeNobody(String cause) {
        return store.get(cause)
                .chain(found -> found.isPresent() && !found.get().isOver()
                        ? Uni.createFrom().failure(new Unavailable("an old read does not show " + cause))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> wakeFresh(TaskDocument head) {
        return store.get(head.id()).chain(found -> {
            if (found.isEmpty() || found.get().isOver()) {
                return Uni.createFrom().failure(new Unavailable("an old read says that it is the head: " + head.id()));
            }
            return wakeable(found.get(), Instant.EPOCH) == null
                    ? Uni.createFrom().voidItem()
                    : writes.change(found.get(), OrderKeys::wakeable)
                            .invoke(claims::hint)
                            .replaceWithVoid();
        });
    }

    private static @Nullable TaskDocument wakeable(TaskDocument head, Instant now) {
        return head.state() instanceof Pending pending && pending.ready() == null ? Waits.woken(head, now) : null;
    }
}
