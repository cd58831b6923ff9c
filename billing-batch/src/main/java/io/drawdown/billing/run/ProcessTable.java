package io.drawdown.billing.run;

import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.Schedule;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every process of this service, by its name. */
public final class ProcessTable {

    private final Map<String, BatchProcess> processes = new TreeMap<>();

    /** @throws IllegalArgumentException a name is not of the form, or two have it */
    public ProcessTable(Collection<BatchProcess> found) {
        for (BatchProcess process : found) {
            String name = process.name();
            if (!name.matches(BatchProcess.NAME_FORM)) {
                throw new IllegalArgumentException("a batch process cannot be called \"" + name + "\"");
            }
            BatchProcess other = processes.put(name, process);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two batch processes are called " + name + ": " + other.getClass() + ", " + process.getClass());
            }
        }
    }

    /** Of the processes that have one, by their names. */
    public Map<String, Schedule.Cron> schedules() {
        Map<String, Schedule.Cron> schedules = new TreeMap<>();
        processes.forEach((name, process) -> {
            if (process.schedule() instanceof Schedule.Cron cron) {
                schedules.put(name, cron);
            }
        });
        return schedules;
    }

    /** In the order of their names. */
    public Collection<BatchProcess> all() {
        return processes.values();
    }

    public Optional<BatchProcess> find(String name) {
        return Optional.ofNullable(processes.get(name));
    }
}
