package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.Findings;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When all is settled, what the instances say of the numbers of tasks is what the store has; after the next recount at the latest. */
final class CounterInvariants {

    private static final Comparator<Standing> ORDER =
            Comparator.comparing(Standing::type).thenComparing(Standing::lane).thenComparing(Standing::state);

    private final Findings findings;
    private final TasksStores stores;

    CounterInvariants(Findings findings, TasksStores stores) {
        this.findings = findings;
        this.stores = stores;
    }

    /** Whether each of the processes says what is. */
    boolean isCounted(List<TasksProcess> alive) {
        List<StateCount> truth = truth();
        return alive.stream().allMatch(each -> said(each).equals(truth));
    }

    void checkAtRest(List<TasksProcess> alive) {
        List<StateCount> truth = truth();
        alive.forEach(each -> findings.expect(
                said(each).equals(truth),
                "when faults stop, the counters of tasks say what is in the store, after a recount at the latest",
                () -> each.process().name() + " says " + said(each) + " of " + truth));
    }

    private static List<StateCount> said(TasksProcess process) {
        return process.core().stats().latest().states();
    }

    private List<StateCount> truth() {
        Map<Standing, Long> counts = new TreeMap<>(ORDER);
        for (TaskDocument task : stores.tasks().all()) {
            counts.merge(Standing.of(task), 1L, Long::sum);
        }
        return counts.entrySet().stream()
                .map(each -> new StateCount(
                        each.getKey().type(),
                        each.getKey().lane(),
                        each.getKey().state(),
                        each.getValue()))
                .toList();
    }
}
