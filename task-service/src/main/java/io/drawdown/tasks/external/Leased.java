package io.drawdown.tasks.external;

import io.drawdown.tasks.task.TaskDocument;
import java.util.List;

/** What a worker is answered that asked for tasks. */
public sealed interface Leased {

    /**
     * It has these tasks; none if there was none in time.
     *
     * @param isRepeated an earlier request with the same key leased them
     */
    record Granted(List<TaskDocument> tasks, boolean isRepeated) implements Leased {}

    /** Another request has used the key, and its leases are not over. */
    record KeyReused() implements Leased {}
}
