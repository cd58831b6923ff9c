package io.drawdown.tasks.enqueue;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Backoff;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.enqueue.Enqueued.Accepted;
import io.drawdown.tasks.enqueue.Enqueued.Contended;
import io.drawdown.tasks.enqueue.Enqueued.Deduplicated;
import io.drawdown.tasks.enqueue.Enqueued.Full;
import io.drawdown.tasks.enqueue.Enqueued.KeyReused;
import io.drawdown.tasks.enqueue.Enqueued.Repeated;
import io.drawdown.tasks.run.ActiveRuns;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.store.GroupedTasks;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.Waits;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes new tasks into the queue. A task is accepted when its insert is acknowledged, and not before. If the answer is lost, the
 * same insert is repeated under the same id; then a document under that id is the one that was sent. Where nothing waits, the
 * insert is the claim too: the task is born running.
 */
public final class Enqueuing {

    private static final int MOST_TRIES = 16;

    /** No try begins later after the request. */
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Backoff RETRY = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final RunPorts ports;
    private final GroupedTasks tasks;
    private final TaskOutbox outbox;
    private final OrderKeys orderKeys;
    private final Claims claims;
    private final ActiveRuns runs;
    private final Schedule schedule;
    private final Consumer<StateChange> changes;
    private final TaskIds ids;
    private final RandomIds writeIds;
    private final TasksSettings settings;
    private final DrainRate rate;
    private int underWay;
    private long bytes;

    /** Who must know of a task with a time of its own. */
    public interface Schedule {
        void expect(TaskDocument scheduled);
    }

    /**
     * What the queue is made of.
     *
     * @param changes counts the new tasks
     */
    public record Queue(
            GroupedTasks tasks,
            TaskOutbox outbox,
            OrderKeys orderKeys,
            Claims claims,
            ActiveRuns runs,
            Schedule schedule,
            Consumer<StateChange> changes) {}

    public Enqueuing(RunPorts ports, Queue queue, TasksSettings settings) {
        this.ports = ports;
        this.tasks = queue.tasks();
        this.outbox = queue.outbox();
        this.orderKeys = queue.orderKeys();
        this.claims = queue.claims();
        this.runs = queue.runs();
        this.schedule = queue.schedule();
        this.changes = queue.changes();
        this.ids = new TaskIds(ports.time(), ports.random());
        this.writeIds = new RandomIds(ports.random());
        this.settings = settings;
        this.rate = new DrainRate(ports.time());
    }

    /** Fails with {@code Unavailable} if it is not stored and will not be, with {@code OutcomeUnknown} if it may be. */
    public Uni<Enqueued> enqueue(NewTask wanted) {
        int size = wanted.spec().payload().length();
        if (isFull(size)) {
            return Uni.createFrom().item(new Full(rate.secondsFor(underWay)));
        }
        if (tasks.isAway()) {
            return Uni.createFrom().failure(new Unavailable("the database is away"));
        }
        begin(size);
        long deadlineNanos = ports.time().nanos() + DEADLINE.toNanos();
        return orderKeys
                .placeOf(wanted.spec())
                .chain(order -> insert(wanted, order, deadlineNanos))
                .onTermination()
                .invoke(() -> end(size));
    }

    private void begin(int size) {
        if (underWay++ == 0) {
            rate.began();
        }
        bytes += size;
    }

    private void end(int size) {
        underWay--;
        bytes -= size;
        rate.ended();
    }

    /** One task may always wait, however large it is. */
    private boolean isFull(int size) {
        return underWay >= settings.inserts() || (underWay > 0 && bytes + size > settings.insertBytes());
    }

    /** Tasks that wait for their insert. */
    public int underWay() {
        return underWay;
    }

    private Uni<Enqueued> insert(NewTask wanted, @Nullable Order order, long deadlineNanos) {
        String id = wanted.id() == null ? ids.next() : wanted.id();
        TaskDocument queued = Waits.queued(id, wanted.spec(), wanted.runAt(), order);
        return new Insertion(queued, deadlineNanos).run();
    }

    /** One task on its way into the store, always as the same document. */
    private final class Insertion {

        private final TaskDocument first;
        private final boolean isBorn;
        private final long deadlineNanos;
        private int tries;
        private boolean mayBeStored;
        private boolean released;

        Insertion(TaskDocument queued, long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
            TaskDocument reserved = claims.mayStartAtOnce(queued.spec().type()) ? runs.reserve(queued) : null;
            isBorn = reserved != null;
            first = (reserved == null ? queued : reserved).written(writeIds.get(), 0);
        }

        Uni<Enqueued> run() {
            return attempt().onFailure().transform(this::fault);
        }

        private Uni<Enqueued> attempt() {
            return insert().chain(isInserted -> isInserted ? stored() : refused());
        }

        private Uni<Boolean> insert() {
            return tasks.insert(first).onFailure(OutcomeUnknown.class).recoverWithUni(this::insertAgain);
        }

        private Uni<Boolean> insertAgain(Throwable unknown) {
            mayBeStored = true;
            Duration delay = RETRY.delay(tries, ports.random());
            return mayTryAgain(delay)
                    ? ports.scheduler().pause(delay).chain(this::insert)
                    : Uni.createFrom().failure(unknown);
        }

        private boolean mayTryAgain(Duration delay) {
            return tries++ < MOST_TRIES && ports.time().nanos() + delay.toNanos() - deadlineNanos < 0;
        }

        private Throwable fault(Throwable fault) {
            release();
            return fault instanceof Unavailable && mayBeStored
                    ? new OutcomeUnknown("the answer to an insert was lost", fault)
                    : fault;
        }

        private Uni<Enqueued> stored() {
            accepted(first);
            return Uni.createFrom().item(new Accepted(first));
        }

        private void accepted(TaskDocument task) {
            changes.accept(StateChange.of(null, task));
            outbox.offer(task);
            if (isBorn) {
                released = true;
                runs.start(task);
            } else {
                announce(task);
            }
        }

        /** Its id exists, or its unique key. */
        private Uni<Enqueued> refused() {
            return tasks.get(first.id()).chain(found -> found.isPresent() ? exists(found.get()) : holder());
        }

        private Uni<Enqueued> exists(TaskDocument found) {
            if (found.writeId().equals(first.writeId())) {
                return stored();
            }
            release();
            boolean isKeyed = first.spec().sender().requestHash() != null;
            return Uni.createFrom().item(isKeyed ? repeated(found) : new Accepted(found));
        }

        private Enqueued repeated(TaskDocument found) {
            String hash = found.spec().sender().requestHash();
            return Objects.equals(hash, first.spec().sender().requestHash()) ? new Repeated(found) : new KeyReused();
        }

        /** Without a unique key a document with its id was there, and was undone by a fail-over. */
        private Uni<Enqueued> holder() {
            String unique = first.spec().uniqueHash();
            return unique == null
                    ? held(Optional.empty())
                    : tasks.holderOf(unique).chain(this::held);
        }

        /** Another task has its unique key, or had it. An insert whose answer was lost may still arrive once that one is over. */
        private Uni<Enqueued> held(Optional<TaskDocument> holder) {
            if (holder.isEmpty() && mayTryAgain(Duration.ZERO)) {
                return attempt();
            }
            if (mayBeStored) {
                return Uni.createFrom().failure(new OutcomeUnknown("an insert whose answer was lost may still arrive"));
            }
            release();
            return Uni.createFrom().item(holder.<Enqueued>map(Deduplicated::new).orElseGet(Contended::new));
        }

        private void release() {
            if (isBorn && !released) {
                released = true;
                runs.release(first);
            }
        }
    }

    private void announce(TaskDocument task) {
        if (task.state() instanceof Scheduled) {
            schedule.expect(task);
        } else {
            claims.hint(task);
        }
    }
}
