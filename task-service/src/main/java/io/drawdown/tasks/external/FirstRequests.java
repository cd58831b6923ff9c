package io.drawdown.tasks.external;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.store.OrderKeyStore;
import io.smallrye.mutiny.Uni;

/**
 * Of the requests under one key only the first that found tasks may lease any, whatever has become of its leases since, and
 * whatever instances the others reach. A counter tells which one that is. It is removed when nobody has used it for a day.
 */
final class FirstRequests {

    private final OrderKeyStore counters;

    FirstRequests(OrderKeyStore counters) {
        this.counters = counters;
    }

    /** Whether the poll may lease tasks. It knows afterwards. */
    Uni<Boolean> isFirst(LeasePoll poll) {
        String counter = poll.slots().counter();
        return poll.isFirst() || counter == null
                ? Uni.createFrom().item(true)
                : counters.next(counter)
                        .onFailure(OutcomeUnknown.class)
                        .transform(fault -> new Unavailable("nothing was leased", fault))
                        .map(number -> isFirst(poll, number));
    }

    private static boolean isFirst(LeasePoll poll, long number) {
        boolean isFirst = number == 1;
        if (isFirst) {
            poll.first();
        } else {
            poll.repeats();
        }
        return isFirst;
    }
}
