package io.drawdown.simulator.tasks;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All handlers at work, whosever process they run in, and what must hold for them. */
final class SimulatedHandlers {

    private final SimulationContext context;
    private final TasksStores stores;
    private final Map<String, List<SimulatedHandler>> atWork = new HashMap<>();
    private final Map<String, Set<String>> kept = new HashMap<>();

    SimulatedHandlers(SimulationContext context, TasksStores stores) {
        this.context = context;
        this.stores = stores;
    }

    /** The handlers of one process. */
    Handlers of(Process process) {
        return (task, listener) -> start(process, task, listener);
    }

    private Handlers.Running start(Process process, TaskDocument task, Handlers.Listener listener) {
        SimulatedHandler handler = new SimulatedHandler(this, context, process, task, listener);
        check(task);
        atWork.computeIfAbsent(task.id(), first -> new ArrayList<>()).add(handler);
        context.counts.count("handler " + handler.plan().kind());
        context.trace.say(
                process.name(),
                () -> "starts " + task.id() + " fence " + task.counters().fence() + " " + handler.plan());
        handler.begin();
        return handler;
    }

    void over(SimulatedHandler handler) {
        List<SimulatedHandler> others = atWork.get(handler.task().id());
        if (others != null) {
            others.remove(handler);
        }
    }

    /** Notes that the step is kept. */
    void kept(TaskDocument task, String step) {
        kept.computeIfAbsent(key(task), first -> new TreeSet<>()).add(step);
    }

    private static String key(TaskDocument task) {
        return task.id() + " " + task.counters().life();
    }

    private void check(TaskDocument task) {
        String owner = ((Processing) task.state()).owner();
        Incarnation worker = stores.leases().incarnations().committed(owner);
        context.findings.expect(
                worker != null && !worker.fenced(),
                "no handler is started for a worker that is fenced",
                () -> task.id() + " is started for " + worker);
        TaskDocument stored = stores.tasks().committed(task.id());
        context.findings.expect(
                stored != null
                        && stored.rev() >= task.rev()
                        && stored.counters().fence() >= task.counters().fence(),
                "no handler is started for a claim that is not in the store",
                () -> task + " is started, stored is " + stored);
        Set<String> steps = kept.getOrDefault(key(task), Set.of());
        context.findings.expect(
                task.runHistory().doneSteps().keySet().containsAll(steps),
                "a run knows every step that was kept before it in the same life",
                () -> task + " does not know " + steps);
        for (SimulatedHandler other : atWork.getOrDefault(task.id(), List.of())) {
            context.findings.expect(
                    !other.isTrustworthy(),
                    "two handlers of one task are never at work at the same time, if they stop when they are told to",
                    () -> task.id() + " fence " + task.counters().fence() + " is started while fence "
                            + other.task().counters().fence() + " is at work at "
                            + other.process().name());
        }
    }
}
