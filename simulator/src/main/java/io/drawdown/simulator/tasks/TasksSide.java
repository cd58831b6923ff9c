package io.drawdown.simulator.tasks;

import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.leases.LeaseInvariants;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.task.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** All of task-service: three instances over one database and one broker. */
public final class TasksSide {

    static final List<String> TYPES = List.of("encode", "notify");

    private static final long SECOND = 1_000_000_000;
    private static final int INSTANCES = 3;
    private static final int MOST_ANSWERS = 6;

    private final SimulationContext context;
    private final TasksStores stores;
    private final List<TasksHost> hosts = new ArrayList<>();
    private final TaskInvariants truths;
    private final OrderInvariants orders;
    private final TaskEventInvariants events;
    private final CounterInvariants counters;
    private final Senders senders;
    private final QueueSwitchers switchers;
    private final RemoteWorkers remoteWorkers;
    private final Set<String> accepted = new TreeSet<>();

    public TasksSide(SimulationContext context, Broker broker, RandomGenerator random) {
        this.context = context;
        this.stores = TasksStores.of(context);
        this.truths = new TaskInvariants(context, stores);
        this.orders = new OrderInvariants(context, stores);
        this.events = new TaskEventInvariants(context, broker, stores);
        this.counters = new CounterInvariants(context.findings, stores);
        this.senders = new Senders(context, this);
        this.switchers = new QueueSwitchers(context, this);
        this.remoteWorkers = new RemoteWorkers(context, this);
        TasksHost.Shared shared = new TasksHost.Shared(
                stores,
                broker,
                new SimulatedHandlers(context, stores),
                new LeaseInvariants(context, stores.leases()),
                types(random),
                hosts);
        for (int each = 1; each <= INSTANCES; each++) {
            hosts.add(new TasksHost(context, shared, settings("tasks-" + each, random)));
        }
    }

    /** Small bounds are reached more often. */
    private static TasksSettings settings(String instance, RandomGenerator random) {
        return new TasksSettings(
                instance, 2 + random.nextInt(8), 1_000, 40, 500, Duration.ofSeconds(2 + random.nextInt(10)));
    }

    private static TaskTypes types(RandomGenerator random) {
        Policy policy = new Policy(
                random.nextInt(5),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                Duration.ofDays(1));
        List<TaskType> types = new ArrayList<>();
        TYPES.forEach(name -> types.add(new TaskType(name, policy, 1 + random.nextInt(8), true)));
        types.add(new TaskType(RemoteWorkers.TYPE, policy, 1, false));
        return new TaskTypes(types);
    }

    public void start() {
        hosts.forEach(TasksHost::start);
    }

    public Senders senders() {
        return senders;
    }

    public RemoteWorkers remoteWorkers() {
        return remoteWorkers;
    }

    public QueueSwitchers switchers() {
        return switchers;
    }

    TasksStores stores() {
        return stores;
    }

    public Database database() {
        return stores.database();
    }

    OrderInvariants orders() {
        return orders;
    }

    /** An instance that takes requests. */
    Optional<TasksProcess> any(RandomGenerator random) {
        List<TasksProcess> ready = ready();
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.get(random.nextInt(ready.size())));
    }

    private List<TasksProcess> ready() {
        List<TasksProcess> ready = new ArrayList<>();
        for (TasksHost host : hosts) {
            TasksProcess current = host.current();
            if (current != null
                    && current.process().isAlive()
                    && !current.process().isFrozen()) {
                ready.add(current);
            }
        }
        return ready;
    }

    /** An instance that dies in a moment. Its next write arrives, but perhaps not before it was fenced. */
    Optional<TasksProcess> dying(RandomGenerator random) {
        long nanos = 5 * SECOND + random.nextLong(40 * SECOND);
        Optional<TasksProcess> found = any(random);
        found.map(TasksProcess::process).ifPresent(process -> {
            context.links().stream()
                    .filter(link -> link.caller() == process && link.name().endsWith("to tasks"))
                    .forEach(link -> link.orderLate(nanos));
            context.timeline.after(SECOND / 10, process::kill);
        });
        return found;
    }

    /** A sender knows that this task is stored. */
    void accepted(String id) {
        accepted.add(id);
    }

    public void stopGracefully(RandomGenerator random) {
        hosts.get(random.nextInt(hosts.size())).stopGracefully();
    }

    /** One instance reaches nothing for a while, which may be longer than its lease. */
    public void cutOff(RandomGenerator random) {
        TasksHost host = hosts.get(random.nextInt(hosts.size()));
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> host.process().name() + " is cut off for " + nanos / 1_000_000 + " ms");
        context.links().stream().filter(link -> link.caller() == host.process()).forEach(link -> down(link, nanos));
    }

    /** No instance reaches the database for a while. */
    public void loseDatabase(RandomGenerator random) {
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> "the database of tasks is away for " + nanos / 1_000_000 + " ms");
        context.links().stream()
                .filter(link -> !link.name().endsWith("to broker"))
                .forEach(link -> down(link, nanos));
    }

    /** One instance does not hear what became of some of its next calls of the tasks' store. */
    public void loseAnswers(RandomGenerator random) {
        TasksHost host = hosts.get(random.nextInt(hosts.size()));
        int count = 1 + random.nextInt(MOST_ANSWERS);
        context.links().stream()
                .filter(link -> link.caller() == host.process() && link.name().endsWith("to tasks"))
                .forEach(link -> {
                    for (int each = 0; each < count; each++) {
                        link.order(CallFault.ANSWER_LOST);
                    }
                });
    }

    /** No instance reaches the broker for a while. */
    public void loseBroker(RandomGenerator random) {
        long nanos = SECOND + random.nextLong(25 * SECOND);
        context.trace.say("chaos", () -> "the broker is away for " + nanos / 1_000_000 + " ms");
        context.links().stream()
                .filter(link -> link.name().endsWith("to broker"))
                .forEach(link -> down(link, nanos));
    }

    private void down(Link link, long nanos) {
        link.down(true);
        context.timeline.after(nanos, () -> link.down(false));
    }

    public boolean isAtRest() {
        return truths.isAtRest();
    }

    /** Whether the counters say what is in the store. */
    public boolean isCounted() {
        return counters.isCounted(ready());
    }

    public void checkAtRest() {
        truths.checkAtRest();
        events.checkAtRest();
        accepted.forEach(id -> context.findings.expect(
                stores.tasks().committed(id) != null,
                "no task that was accepted is lost",
                () -> id + " is not in the store"));
        counters.checkAtRest(ready());
    }
}
