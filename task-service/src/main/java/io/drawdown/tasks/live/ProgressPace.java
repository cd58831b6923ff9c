package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells one client of the progress of a task four times a second at most: at once, then the latest of each quarter. */
final class ProgressPace {

    static final Duration PERIOD = Duration.ofMillis(250);

    /** Tasks whose progress is told within a quarter of a second; that of others is dropped. */
    static final int MOST_TASKS = 1_000;

    private final Scheduler scheduler;
    private final Consumer<TaskProgress> listener;
    private final Map<String, Optional<TaskProgress>> paced = new HashMap<>();

    ProgressPace(Scheduler scheduler, Consumer<TaskProgress> listener) {
        this.scheduler = scheduler;
        this.listener = listener;
    }

    void tell(TaskProgress progress) {
        String taskId = progress.taskId();
        if (paced.containsKey(taskId)) {
            paced.put(taskId, Optional.of(progress));
        } else if (paced.size() < MOST_TASKS) {
            paced.put(taskId, Optional.empty());
            scheduler.after(PERIOD, () -> next(taskId));
            listener.accept(progress);
        }
    }

    private void next(String taskId) {
        paced.remove(taskId).ifPresent(this::tell);
    }

    /** What waits to be told of the task is out of date. */
    void drop(String taskId) {
        paced.replace(taskId, Optional.empty());
    }

    void dropAll() {
        paced.replaceAll((taskId, waiting) -> Optional.empty());
    }
}
