package io.drawdown.tasks.task;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a task holds while it is not over; indexes over them make them exclusive. All leave with the terminal
 * write.
 *
 * @param unique hash of its unique key: one task at a time has it
 * @param running hash of its order key while it runs: one task at a time has it
 * @param order its place among the tasks of its order key
 * @param lease what its lease by an external worker holds; absent if that is nothing
 */
public record Keys(
        @Nullable String unique,
        @Nullable String running,
        @Nullable Order order,
        @Nullable Lease lease) {

    /** @param seq the least one that is not over is the next to run */
    public record Order(String key, long seq) {}

    /**
     * @param slot one task at a time has it: what one request leases twice is refused, and so is a second suspect of a worker
     * @param request hash of the request; absent if it had no key
     */
    public record Lease(String slot, @Nullable String request) {}

    static @Nullable Keys of(@Nullable String unique, @Nullable Order order) {
        return unique == null && order == null ? null : new Keys(unique, null, order, null);
    }

    static @Nullable Keys whileRunning(@Nullable Keys held) {
        return held == null || held.order == null
                ? held
                : new Keys(held.unique, held.order.key, held.order, held.lease);
    }

    static @Nullable Keys whileLeased(@Nullable Keys held, @Nullable Lease lease) {
        if (lease == null) {
            return held;
        }
        return held == null
                ? new Keys(null, null, null, lease)
                : new Keys(held.unique, held.running, held.order, lease);
    }

    static @Nullable Keys whileWaiting(@Nullable Keys held) {
        return held == null || (held.running == null && held.lease == null) ? held : of(held.unique, held.order);
    }
}
