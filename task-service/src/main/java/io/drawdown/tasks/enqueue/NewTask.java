package io.drawdown.tasks.enqueue;

import io.drawdown.tasks.task.Spec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that someone wants to be done.
 *
 * @param id derived from its idempotency key; null if it has none
 * @param runAt when it is due; null: at once. Not together with an order key
 */
public record NewTask(
        @Nullable String id, Spec spec, @Nullable Instant runAt) {}
