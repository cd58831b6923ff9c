package io.drawdown.tasks;

import io.drawdown.kit.lease.Lease;
import io.drawdown.kit.lease.LeaseTerms;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.control.Queues;
import io.drawdown.tasks.control.TaskControl;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.Enqueuing;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.enqueue.OrderKeys;
import io.drawdown.tasks.external.ExternalWorkers;
import io.drawdown.tasks.run.ActiveRuns;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.LeaseValidity;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.stats.Stats;
import io.drawdown.tasks.store.GroupLimits;
import io.drawdown.tasks.store.GroupedTasks;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.upkeep.DeadWorkers;
import io.drawdown.tasks.upkeep.DueTasks;
import io.drawdown.tasks.upkeep.Members;
import io.drawdown.tasks.upkeep.Sweeps;
import io.drawdown.tasks.upkeep.UnsentEvents;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * All of task-service but its edges and its handlers: takes tasks, runs them, and brings each to its end, whatever dies
 * meanwhile. Single-threaded: every call, and every completion of a port, comes on the thread of its scheduler; so do its own
 * answers.
 */
public final class TasksCore {

    /** Longer than a lease of session-service: a task that is taken from a worker too early runs twice. */
    public static final LeaseTerms LEASE = new LeaseTerms(
            Duration.ofSeconds(12), Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(1));

    /** How long a stop takes at most after the patience for what runs. */
    static final Duration STOP_AGAIN = Duration.ofSeconds(12);

    private static final Logger LOG = Logger.getLogger(TasksCore.class);
    private static final Duration STOP_LOOK = Duration.ofMillis(50);

    private final TasksPorts ports;
    private final TasksSettings settings;
    private final Time time;
    private final Scheduler scheduler;
    private final TaskOutbox outbox;
    private final UnsentEvents unsentEvents;
    private final OrderKeys orderKeys;
    private final LeaseValidity validity;
    private final ActiveRuns runs;
    private final Claims claims;
    private final Enqueuing enqueuing;
    private final DueTasks due;
    private final DeadWorkers deadWorkers;
    private final Sweeps sweeps;
    private final TaskControl control;
    private final Queues queues;
    private final Stats stats;
    private final ExternalWorkers external;
    private final Lease lease;

    /** @param random for ids and jitter */
    public TasksCore(
            TasksPorts ports,
            TasksSettings settings,
            TaskTypes types,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.ports = ports;
        this.settings = settings;
        this.time = time;
        this.scheduler = scheduler;
        GroupedTasks tasks = new GroupedTasks(ports.tasks(), GroupLimits.DEFAULT);
        stats = new Stats(ports.counters(), ports.tasks(), settings.slots(), time, scheduler);
        outbox = new TaskOutbox(ports.tasks(), ports.events(), this::wake, scheduler, random);
        GuardedWrites<TaskDocument> writes = writes(tasks, random);
        RunPorts run =
                new RunPorts(ports.tasks(), writes, ports.handlers(), types, ports.monitor(), time, scheduler, random);
        validity = new LeaseValidity(time, scheduler, this::doubted);
        runs = new ActiveRuns(run, settings, validity, outbox::drainedTo, stats::changed);
        runs.whenProgressed(ports.hints()::progressed);
        claims = new Claims(ports.tasks(), types, runs, scheduler, ports.hints());
        orderKeys = new OrderKeys(ports.orderKeys(), ports.tasks(), writes, claims);
        Members members = new Members();
        unsentEvents = new UnsentEvents(ports.tasks(), outbox, members, time, scheduler);
        due = new DueTasks(run, ports.incarnations(), claims, members);
        LeaseWatch watch = new LeaseWatch(ports.incarnations(), LEASE, time);
        deadWorkers =
                new DeadWorkers(run, new DeadWorkers.Watch(ports.incarnations(), watch, validity, members), claims);
        sweeps = new Sweeps(run, claims, runs, validity, stats::changed);
        queues = new Queues(ports.queues(), claims::pause);
        external = new ExternalWorkers(run, ports.orderKeys(), claims, ports.hints(), outbox, stats::changed);
        control = new TaskControl(run, orderKeys, claims, runs, due, this::tellWorker);
        enqueuing = new Enqueuing(
                run, new Enqueuing.Queue(tasks, outbox, orderKeys, claims, runs, due, stats::changed), settings);
        lease = new Lease(
                ports.incarnations(),
                settings.instance(),
                new RandomIds(random),
                LEASE,
                time,
                scheduler,
                new LeaseHolder());
    }

    private GuardedWrites<TaskDocument> writes(GroupedTasks tasks, RandomGenerator random) {
        return new GuardedWrites<>(
                tasks,
                (next, writeId) -> next.written(writeId, outbox.drainedTo(next.id())),
                stats.counting(outbox::offer),
                time,
                scheduler,
                random);
    }

    /** Takes tasks at once, and runs them as soon as this instance has its lease; it tries for as long as that takes. */
    public void start() {
        unsentEvents.start();
        due.start();
        deadWorkers.start();
        sweeps.start();
        external.start();
        lease.start();
    }

    /** See {@link Enqueued}. Fails with {@code Unavailable} or {@code OutcomeUnknown}. */
    public Uni<Enqueued> enqueue(NewTask task) {
        return enqueuing.enqueue(task);
    }

    /** The task as it is stored; empty: there is none, or its record has gone. */
    public Uni<Optional<TaskDocument>> read(String id) {
        return ports.tasks().get(id);
    }

    /** What people and programs may do to a task that exists. */
    public TaskControl control() {
        return control;
    }

    /** The switches of queues. */
    public Queues queues() {
        return queues;
    }

    /** The numbers of tasks. */
    public Stats stats() {
        return stats;
    }

    /** The workers that live elsewhere. */
    public ExternalWorkers external() {
        return external;
    }

    /** What the other instances tell. */
    public Hints hinted() {
        return new HeardHints(claims, sweeps, validity);
    }

    /** What the consumers of this instance see of the broker. */
    public void brokerIsThere(boolean isThere) {
        outbox.brokerIsThere(isThere);
    }

    /** Lets go some of the results and records that have been kept for long enough. Answers whether there may be more. */
    public Uni<Boolean> removeOld() {
        return ports.incarnations()
                .removeFencedBefore(time.now().minus(DeadWorkers.REMEMBERED.multipliedBy(2)))
                .chain(() -> orderKeys.removeUnused(time.now()))
                .chain(isMore -> sweeps.removeOld().map(isMoreOld -> isMore || isMoreOld));
    }

    /**
     * Claims nothing more, waits for what runs, then hands back what is left. Answers true when all is written and published,
     * and false after {@link TasksSettings#stopPatience} and as long again as a handler may take to stop.
     */
    public Uni<Boolean> stop() {
        claims.stop();
        external.stopLeasing();
        due.stop();
        deadWorkers.stop();
        Polling polling = new Polling(time, scheduler, STOP_LOOK);
        return polling.until(() -> runs.occupied() == 0, settings.stopPatience())
                .invoke(isIdle -> runs.stop())
                .chain(isIdle -> polling.until(this::drain, STOP_AGAIN))
                .invoke(isDone -> close());
    }

    /** While anything runs the lease is not given up: nobody else may run it before the lease has run out. */
    private void close() {
        sweeps.stop();
        unsentEvents.stop();
        external.stop();
        validity.lost();
        if (runs.occupied() == 0) {
            lease.stop();
        }
    }

    private boolean drain() {
        boolean isIdle = runs.occupied() == 0 && enqueuing.underWay() == 0 && external.isIdle();
        if (isIdle) {
            outbox.finish();
        }
        return isIdle && outbox.isDrained();
    }

    public CoreHealth health() {
        return new CoreHealth(
                validity.mayAct(),
                runs.stuckTypes(),
                runs.running(),
                runs.occupied(),
                enqueuing.underWay(),
                outbox.backlog(),
                outbox.isStalled());
    }

    /** A worker in this instance was told. */
    private void tellWorker(TaskDocument task) {
        if (task.state() instanceof Processing run && !run.owner().equals(validity.incarnation())) {
            ports.hints().cancelAsked(run.owner());
        }
    }

    private Uni<Void> wake(String orderHash, String cause) {
        return orderKeys.wake(orderHash, cause);
    }

    private void doubted() {
        LOG.warn("The lease is in doubt; handlers are stopped and their tasks handed back");
        runs.handBackAll();
    }

    /** What the lease means for the tasks. */
    private final class LeaseHolder implements Lease.Listener {

        @Override
        public void registered(String incarnation, long askedNanos) {
            validity.renewed(incarnation, askedNanos);
            queues.refresh();
            stats.renewed(incarnation, runs.running());
            claims.sweep();
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            validity.renewed(incarnation, askedNanos);
            queues.refresh();
            stats.renewed(incarnation, runs.running());
            runs.reconcile(incarnation)
                    .subscribe()
                    .with(done -> {}, fault -> LOG.debugf("Owned tasks not read: fault=%s", fault));
        }

        @Override
        public void fenced(String incarnation) {
            validity.lost();
            runs.handBackAll();
        }
    }
}
