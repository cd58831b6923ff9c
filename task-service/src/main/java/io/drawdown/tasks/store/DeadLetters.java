package io.drawdown.tasks.store;

import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Letter;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead tasks, for people: those that died last come first. Fails as {@link TaskStore} does, on any thread. */
public interface DeadLetters {

    /** Before this place are all tasks. */
    String END = "~";

    /**
     * What dead tasks are grouped by.
     *
     * @param type of the tasks; null: any
     * @param before the place at which the page before ended, or {@link #END}
     */
    Uni<List<DeadTask>> latest(@Nullable String type, String before, int limit);

    /**
     * The tasks of a group, without payloads, results, steps and logs.
     *
     * @param before the place at which the page before ended, or {@link #END}
     */
    Uni<List<TaskDocument>> ofGroup(String group, String before, int limit);

    /** The place of a dead task, at which a page may end. */
    static String placeOf(TaskDocument task) {
        if (!(task.state() instanceof Dead dead)) {
            throw new IllegalStateException(
                    "task " + task.id() + " is " + task.state().name());
        }
        return dead.letter().place();
    }

    /** What a dead task died of, and when. */
    record DeadTask(String id, Letter letter, Instant at, TaskFailure failure) {}
}
