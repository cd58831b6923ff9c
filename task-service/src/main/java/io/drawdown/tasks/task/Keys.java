package io.drawdown.tasks.task;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a task holds while it is not over; indexes over them make them exclusive. All leave with the terminal
 * write.
 *
 * @param unique hash of its unique key: one task at a time has it
 * @param running hash of its order key while it runs: one task at a time has it
 * @param order its place among the tasks of its order key
 */
public record Keys(
        @Nullable String unique,
        @Nullable String running,
        @Nullable Order order) {

    /** @param seq the least one that is not over is the next to run */
    public record Order(String key, long seq) {}

    static @Nullable Keys of(@Nullable String unique, @Nullable Order order) {
        return unique == null && order == null ? null : new Keys(unique, null, order);
    }

    static @Nullable Keys whileRunning(@Nullable Keys held) {
        return held == null || held.order == null ? held : new Keys(held.unique, held.order.key, held.order);
    }

    static @Nullable Keys whileWaiting(@Nullable Keys held) {
        return held == null || held.running == null ? held : of(held.unique, held.order);
    }
}
