package io.drawdown.tasks.run;

import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TasksSettings;
import java.util.HashMap;
import java.util.Map;

/** How much of what this instance may run at the same time is taken: in all, of each type, and in bytes. */
final class Slots {

    private final TasksSettings settings;
    private final Map<String, Integer> takenByType = new HashMap<>();
    private int taken;
    private long bytes;

    Slots(TasksSettings settings) {
        this.settings = settings;
    }

    /** How many more tasks of the type may run. One task may always run, however large it is. */
    int free(TaskType type) {
        boolean isFull = bytes >= settings.slotBytes();
        int ofType = type.concurrency() - takenByType.getOrDefault(type.name(), 0);
        return isFull ? 0 : Math.max(0, Math.min(settings.slots() - taken, ofType));
    }

    /** Whether one more task of that size may run. */
    boolean fits(TaskType type, int size) {
        return free(type) > 0 && (taken == 0 || bytes + size <= settings.slotBytes());
    }

    /** Takes a slot for a task of the type. */
    void take(String type, int size) {
        taken++;
        bytes += size;
        takenByType.merge(type, 1, Integer::sum);
    }

    /** Gives back a slot as it was taken. */
    void free(String type, int size) {
        taken--;
        bytes -= size;
        takenByType.merge(type, -1, Integer::sum);
        if (taken < 0 || bytes < 0) {
            throw new IllegalStateException("a slot was given back twice");
        }
    }

    int taken() {
        return taken;
    }
}
