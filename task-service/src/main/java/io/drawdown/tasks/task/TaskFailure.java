package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt.
 *
 * @param error the class of the exception, or a short name that an external worker gave; absent if there was none
 * @param message what it said, at most {@link #LONGEST_MESSAGE} characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskFailure(
        Reason reason, @Nullable String error, @Nullable String message) {

    public static final int LONGEST_MESSAGE = 500;

    public static final int LONGEST_ERROR = 200;

    public TaskFailure {
        error = shortened(error, LONGEST_ERROR);
        message = shortened(message, LONGEST_MESSAGE);
    }

    /** A failure that no exception describes. */
    public static TaskFailure of(Reason reason) {
        return new TaskFailure(reason, null, null);
    }

    private static @Nullable String shortened(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
