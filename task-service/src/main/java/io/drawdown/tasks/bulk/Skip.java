package io.drawdown.tasks.bulk;

import java.util.Locale;

/** Why an action leaves a task as it is. */
public enum Skip {
    /** Its record has gone. */
    GONE,
    /** It is a bulk action itself. */
    BULK_ACTION,
    /** It was sent, or it ended, after the action was asked for. */
    LATER,
    /** It is as the action wants it. */
    ALREADY,
    /** It is over. */
    OVER,
    /** It is not over. */
    NOT_OVER,
    /** It is completed. */
    COMPLETED,
    /** It runs. */
    RUNNING,
    /** It waits for the verdict on its crashes. */
    VERDICT,
    /** It has an order key, so it has no time of its own. */
    ORDER_KEY,
    /** Another task has its unique key and is not over. */
    UNIQUE_KEY_HELD;

    /** As it is on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
