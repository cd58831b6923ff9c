package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The workers that live elsewhere. Each makes one request, repeats it until it hears an answer, does what it got, and is never
 * heard of again; so a worker never gets more tasks than its request asked for, not even one after the other.
 */
public final class RemoteWorkers {

    /** The type whose tasks they do. */
    static final String TYPE = "ship";

    private static final int FRIENDLY = 4;

    private final SimulationContext context;
    private final TasksSide side;
    private final Map<String, Integer> asked = new TreeMap<>();
    private final Map<String, Set<String>> got = new TreeMap<>();
    private int workers;

    RemoteWorkers(SimulationContext context, TasksSide side) {
        this.context = context;
        this.side = side;
        side.stores().tasks().whenCommitted((id, task) -> committed(task));
    }

    private void committed(TaskDocument task) {
        if (task.state() instanceof Processing run && asked.containsKey(run.owner())) {
            int most = asked.getOrDefault(run.owner(), 0);
            Set<String> leases = leases(run.owner());
            leases.add(task.id() + " fence " + task.counters().fence());
            context.findings.expect(
                    leases.size() <= most,
                    "a request and its repeats lease no more tasks than it asks for",
                    () -> run.owner() + " asked for " + most + " and got " + leases);
        }
    }

    private Set<String> leases(String owner) {
        return got.computeIfAbsent(owner, name -> new TreeSet<>());
    }

    /** A worker of some temper comes. */
    public void come(RandomGenerator random) {
        RemoteWorker.Temper[] tempers = RemoteWorker.Temper.values();
        begin(tempers[random.nextInt(tempers.length)], 1 + random.nextInt(4), random);
    }

    /** Workers come that do all that is left. */
    public void finish() {
        for (int each = 0; each < FRIENDLY; each++) {
            begin(RemoteWorker.Temper.GOOD, 16, context.random("friendly"));
        }
    }

    private void begin(RemoteWorker.Temper temper, int most, RandomGenerator random) {
        RemoteWorker worker = new RemoteWorker(context, this, "w" + ++workers, temper, random);
        asked.put(worker.owner(), most);
        context.counts.count("remote worker " + temper);
        worker.ask(most);
    }

    Optional<TasksProcess> anyInstance(RandomGenerator random) {
        return side.any(random);
    }
}
