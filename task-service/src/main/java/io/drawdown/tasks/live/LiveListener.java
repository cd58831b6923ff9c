package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.task.TaskDocument;
import java.util.List;

/** What a client is told of the tasks that it watches. Called on the live thread. */
public interface LiveListener {

    /** The answer to an interest: its tasks as they are, the latest first. What follows begins after that. */
    void found(Interest interest, List<TaskDocument> tasks);

    /** There is no such task, or none that the client may see, or it has gone. It is watched no more. */
    void missing(String taskId);

    /** The tasks of an interest cannot be read; it is given up. */
    void failed(Interest interest, Throwable fault);

    /** A task as it is now: steps may have been missed, and are no longer told one by one. */
    void changed(TaskDocument task);

    /** The next step of a task. */
    void happened(TaskEvent step);

    void progressed(TaskProgress progress);

    /** Whether the broker is away: then steps come late, and only single tasks are looked at every two seconds. */
    void stale(boolean isStale);

    /** This instance stops; nothing more is told. */
    void stopping();

    /** How much of what it was told is still on its way to the client. */
    default int waiting() {
        return 0;
    }
}
