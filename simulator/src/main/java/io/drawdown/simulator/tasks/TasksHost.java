package io.drawdown.simulator.tasks;

import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.broker.UnpublishedEvents;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.leases.SimulatedIncarnations;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.TaskStores;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.TasksPorts;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The host of one instance of task-service. */
final class TasksHost extends Host {

    private static final long SECOND = 1_000_000_000;

    private final TasksStores stores;
    private final Broker broker;
    private final SimulatedHandlers handlers;
    private final TasksSettings settings;
    private final TaskTypes types;
    private final LeaseInvariants leases;
    private final List<TasksHost> all;
    private @Nullable TasksProcess current;

    /**
     * What all instances share.
     *
     * @param all of them, once they are there
     */
    record Shared(
            TasksStores stores,
            Broker broker,
            SimulatedHandlers handlers,
            LeaseInvariants leases,
            TaskTypes types,
            List<TasksHost> all) {}

    TasksHost(SimulationContext context, Shared shared, TasksSettings settings) {
        super(context, settings.instance(), shared.stores().database());
        this.stores = shared.stores();
        this.broker = shared.broker();
        this.handlers = shared.handlers();
        this.leases = shared.leases();
        this.types = shared.types();
        this.all = shared.all();
        this.settings = settings;
    }

    @Override
    protected void run(Process fresh) {
        if (fresh != process()) {
            fresh.kill();
            return;
        }
        UnpublishedEvents owed = new UnpublishedEvents(broker, context.findings, fresh.name());
        TaskStores reached = new TaskStores(
                new SimulatedTasks(context.link("tasks", fresh), stores, task -> task.outbox()
                        .unsent()
                        .forEach(entry -> owed.add(task.id() + ":" + entry.seq()))),
                new SimulatedOrderKeys(context.link("order keys", fresh), stores),
                new SimulatedQueues(context.link("queues", fresh), stores),
                new SimulatedCounters(context.link("counters", fresh), stores),
                new SimulatedIncarnations(
                        context.link("leases", fresh), context.link("fencing", fresh), stores.leases(), leases));
        TasksPorts ports = new TasksPorts(
                reached,
                broker.publisher(context.link("broker", fresh)),
                handlers.of(fresh),
                new CountingRuns(context.counts),
                new SimulatedHints(context, all, fresh.name()));
        TasksCore core = new TasksCore(ports, settings, types, time(), fresh, context.random(fresh.name()));
        current = new TasksProcess(fresh, core, owed);
        core.start();
    }

    @Override
    protected void stopped() {
        current = null;
    }

    /** The process, if it takes requests. */
    @Nullable
    TasksProcess current() {
        return current;
    }

    /** Stops the process as an orchestrator does: with a signal, and time to end. */
    void stopGracefully() {
        TasksProcess present = current;
        if (present != null) {
            long begun = context.timeline.nanos();
            Process process = present.process();
            context.trace.say(process.name(), () -> "stops gracefully");
            process.run(() -> present.core().stop().subscribe().with(isDone -> {
                if (isDone && process.stalls(begun, context.timeline.nanos()) == 0) {
                    present.owed().stopped();
                }
                process.kill();
            }));
            context.timeline.after(60 * SECOND, process::kill);
        }
    }
}
