package io.drawdown.tasks;

import java.util.List;

/**
 * How the core of this instance is.
 *
 * @param leased whether this instance may run tasks
 * @param stuckTypes those of which it runs no more, because handlers do not stop
 * @param running handlers at work
 * @param occupied the same, with claims and ends that are being written
 * @param inserting tasks that are being stored
 * @param backlog events that are not published yet
 * @param stalled whether the broker is away, or does not take them
 */
public record CoreHealth(
        boolean leased,
        List<String> stuckTypes,
        int running,
        int occupied,
        int inserting,
        int backlog,
        boolean stalled) {

    /** Before it is known. */
    public static final CoreHealth UNKNOWN = new CoreHealth(false, List.of(), 0, 0, 0, 0, false);

    /** Whether tasks or their events do not go on here as they should. */
    public boolean isDegraded() {
        return !leased || stalled || !stuckTypes.isEmpty();
    }
}
