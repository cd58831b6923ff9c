package io.drawdown.tasks.runner;

import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.run.Outcome.Failed;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the exception of a handler means for its task. */
final class Failures {

    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private Failures() {}

    static Failed of(Throwable thrown) {
        return switch (thrown) {
            case PermanentFailure permanent -> failed(Reason.PERMANENT, permanent, null);
            case TemporaryFailure temporary -> failed(Reason.TEMPORARY, temporary, temporary);
            default -> failed(Reason.TEMPORARY, thrown, null);
        };
    }

    /** The class of our own exceptions says no more than the reason; that of their cause may. */
    private static Failed failed(Reason reason, Throwable thrown, @Nullable TemporaryFailure temporary) {
        Class<?> type = thrown.getClass();
        boolean isPlain = type == PermanentFailure.class || type == TemporaryFailure.class;
        @Nullable Throwable named = isPlain ? thrown.getCause() : thrown;
        @Nullable String error = named == null ? null : named.getClass().getName();
        return new Failed(
                new TaskFailure(reason, error, thrown.getMessage()),
                temporary == null || temporary.retryAfter() == null ? null : bounded(temporary.retryAfter()));
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : asked;
    }
}
