package io.drawdown.tasks.enqueue;

import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives out the numbers of order keys. Those of one key are asked for one after the other, so that the tasks of a batch, and of
 * requests that come one after the other, get them in the order in which they came. Belongs to the thread of the core.
 */
final class OrderNumbers {

    private final OrderKeyStore store;
    private final Map<String, Deque<UniEmitter<? super Long>>> waiting = new HashMap<>();

    OrderNumbers(OrderKeyStore store) {
        this.store = store;
    }

    /** Fails as the store does. What waits behind a call that failed fails with it: it has no number. */
    Uni<Long> next(String orderHash) {
        return Uni.createFrom().emitter(answer -> {
            Deque<UniEmitter<? super Long>> queue = waiting.computeIfAbsent(orderHash, first -> new ArrayDeque<>());
            queue.add(answer);
            if (queue.size() == 1) {
                ask(orderHash, queue);
            }
        });
    }

    private void ask(String orderHash, Deque<UniEmitter<? super Long>> queue) {
        store.next(orderHash)
                .subscribe()
                .with(number -> given(orderHash, queue, number), fault -> failed(orderHash, queue, fault));
    }

    private void given(String orderHash, Deque<UniEmitter<? super Long>> queue, long number) {
        UniEmitter<? super Long> first = queue.remove();
        if (queue.isEmpty()) {
            waiting.remove(orderHash);
        } else {
            ask(orderHash, queue);
        }
        first.complete(number);
    }

    private void failed(String orderHash, Deque<UniEmitter<? super Long>> queue, Throwable fault) {
        waiting.remove(orderHash);
        List.copyOf(queue).forEach(each -> each.fail(fault));
    }
}
