package io.drawdown.tasks.external;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler.Timer;
import io.drawdown.tasks.external.Leased.Granted;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.ReadyQueue;
import io.drawdown.tasks.run.ReadyQueue.Found;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/**
 * The workers that wait for tasks, in the order in which they came. The first one for which a task may wait gets what has its
 * turn; one is served at a time. Lanes and tenants take turns as for the handlers of this instance ({@link ReadyQueue}).
 */
final class LeasePolls {

    /** So many wait; one more is answered as soon as nothing is known that it may get. */
    static final int MOST = 1_000;

    private static final Logger LOG = Logger.getLogger(LeasePolls.class);

    /** After a round in which others won everything. */
    private static final Duration LOST = Duration.ofMillis(100);

    private final RunPorts ports;
    private final Claims claims;
    private final FirstRequests firsts;
    private final LeaseWrites writes;
    private final Map<String, ReadyQueue> queues = new LinkedHashMap<>();
    private final List<LeasePoll> waiting = new ArrayList<>();
    private boolean asked;
    private @Nullable LeasePoll served;
    private boolean stopped;
    private int turn;

    LeasePolls(RunPorts ports, Claims claims, FirstRequests firsts, LeaseWrites writes) {
        this.ports = ports;
        this.claims = claims;
        this.firsts = firsts;
        this.writes = writes;
        ports.types().all().stream().filter(type -> !type.isHandledHere()).forEach(type -> {
            add(new ReadyQueue(ports.store(), type, false));
            add(new ReadyQueue(ports.store(), type, true));
        });
    }

    private void add(ReadyQueue queue) {
        queues.put(queue.name(), queue);
    }

    /** What the worker has under the key of its request, else new tasks, as soon as there are any. */
    Uni<Leased> ask(LeaseRequest request) {
        return stopped
                ? Uni.createFrom().failure(new Unavailable("this instance stops"))
                : Uni.createFrom().emitter(emitter -> begin(request, emitter));
    }

    private void begin(LeaseRequest request, UniEmitter<? super Leased> emitter) {
        LeasePoll poll = new LeasePoll(request, emitter);
        waiting.add(poll);
        look(poll);
    }

    private void look(LeasePoll poll) {
        held(poll).subscribe().with(held -> looked(poll, held), fault -> fail(poll, fault));
    }

    private Uni<List<TaskDocument>> held(LeasePoll poll) {
        return ports.store().leasedIn(poll.slots().all());
    }

    private void looked(LeasePoll poll, List<TaskDocument> held) {
        if (!waiting.contains(poll)) {
            return;
        }
        Leased before = poll.slots().before(held);
        if (before != null) {
            answer(poll, before);
        } else if (!poll.isRepeat()) {
            await(poll, held);
        }
    }

    private void await(LeasePoll poll, List<TaskDocument> held) {
        Duration patience = waiting.size() <= MOST ? poll.request().patience() : Duration.ZERO;
        queues.values().stream().filter(poll::isFor).forEach(ReadyQueue::hintAll);
        Timer timer = ports.scheduler().after(patience, () -> {
            poll.waitIsOver();
            ask();
        });
        poll.mayLease(held.stream().anyMatch(poll.slots()::isSuspect), timer);
        ask();
    }

    /** The client of the request is gone. */
    @SuppressWarnings("ReferenceEquality") // two clients may ask for the same
    void withdraw(LeaseRequest request) {
        List<LeasePoll> gone =
                waiting.stream().filter(poll -> poll.request() == request).toList();
        gone.forEach(LeasePoll::leave);
        waiting.removeAll(gone);
    }

    /** A task may wait in that lane of the queue. */
    void hint(String queue, Lane lane) {
        ReadyQueue known = queues.get(queue);
        if (known != null) {
            known.hint(Set.of(lane));
            ask();
        }
    }

    /** Any task may wait, and the leases that a repeat waits for may be there. */
    void sweep() {
        queues.values().forEach(ReadyQueue::hintAll);
        waiting.stream().filter(LeasePoll::isRepeat).toList().forEach(this::look);
        ask();
    }

    boolean isIdle() {
        return served == null;
    }

    /** Nobody gets anything more, but for the worker that is being served. */
    void stop() {
        stopped = true;
        List.copyOf(waiting).stream().filter(poll -> poll != served).forEach(this::dismiss);
    }

    /** A request with a key may have leases that nobody has looked for yet; its repeat finds them elsewhere. */
    private void dismiss(LeasePoll poll) {
        if (poll.request().key() == null) {
            answer(poll, nothing(poll));
        } else {
            fail(poll, new Unavailable("this instance stops"));
        }
    }

    private void ask() {
        if (!asked) {
            asked = true;
            ports.scheduler().execute(this::round);
        }
    }

    private void round() {
        asked = false;
        if (served != null) {
            return;
        }
        if (stopped) {
            List.copyOf(waiting).forEach(this::dismiss);
        }
        for (LeasePoll poll : List.copyOf(waiting)) {
            ReadyQueue queue = next(poll);
            if (queue != null) {
                serve(poll, queue);
                return;
            }
            if (poll.isWaitOver()) {
                conclude(poll);
            }
        }
    }

    /** The next queue, in turns, with tasks that may wait and that the worker may get. */
    private @Nullable ReadyQueue next(LeasePoll poll) {
        List<ReadyQueue> all = List.copyOf(queues.values());
        for (int each = 1; each <= all.size(); each++) {
            ReadyQueue queue = all.get((turn + each) % all.size());
            if (!queue.isEmpty()
                    && poll.mayLeaseFrom(queue)
                    && !claims.isPaused(queue.type().name())) {
                turn = (turn + each) % all.size();
                return queue;
            }
        }
        return null;
    }

    private void serve(LeasePoll poll, ReadyQueue queue) {
        served = poll;
        queue.next(queue.isOfSuspects() ? 1 : poll.request().most())
                .chain(found -> lease(poll, queue, found))
                .onTermination()
                .invoke(() -> served = null)
                .subscribe()
                .with(leased -> ask(), fault -> {
                    fail(poll, fault);
                    ask();
                });
    }

    private Uni<Leased> lease(LeasePoll poll, ReadyQueue queue, Found found) {
        if (found.tasks().isEmpty()) {
            later(queue, found.more());
            return Uni.createFrom().item(nothing(poll));
        }
        return firsts.isFirst(poll).chain(isFirst -> {
            if (isFirst) {
                return writes.lease(poll, queue, found.tasks()).invoke(leased -> leased(poll, queue, found, leased));
            }
            queue.hintAll();
            look(poll);
            return Uni.createFrom().item(nothing(poll));
        });
    }

    private void leased(LeasePoll poll, ReadyQueue queue, Found found, Granted leased) {
        if (leased.tasks().isEmpty()) {
            again(poll, queue, found.more());
            return;
        }
        queue.hint(found.more());
        if (waiting.contains(poll)) {
            answer(poll, leased);
        } else {
            dropped(poll, leased);
        }
    }

    /** Others won all of it: they are given a moment. A suspect that was lost may be for another worker only. */
    private void again(LeasePoll poll, ReadyQueue queue, List<Lane> more) {
        if (queue.isOfSuspects()) {
            poll.lostSuspect();
            queue.hint(more);
        } else {
            later(queue, more);
        }
    }

    private void later(ReadyQueue queue, List<Lane> more) {
        if (!more.isEmpty()) {
            ports.scheduler().after(LOST, () -> more.forEach(lane -> hint(queue.name(), lane)));
        }
    }

    /** Nobody hears the answer. If the request has a key, its repeat may. */
    private void dropped(LeasePoll poll, Granted granted) {
        if (poll.request().key() == null) {
            granted.tasks().forEach(task -> writes.handBack(task)
                    .subscribe()
                    .with(claims::hint, fault -> LOG.debugf("Lease runs out: taskId=%s fault=%s", task.id(), fault)));
        }
    }

    /** It leases nothing more. What a request with the same key has leased meanwhile is its answer too. */
    private void conclude(LeasePoll poll) {
        if (poll.request().key() == null) {
            answer(poll, nothing(poll));
            return;
        }
        waiting.remove(poll);
        held(poll)
                .subscribe()
                .with(held -> poll.answer(requireNonNullElse(poll.slots().before(held), nothing(poll))), poll::fail);
    }

    private static Granted nothing(LeasePoll poll) {
        return new Granted(List.of(), poll.isRepeat());
    }

    private void answer(LeasePoll poll, Leased leased) {
        waiting.remove(poll);
        poll.answer(leased);
    }

    private void fail(LeasePoll poll, Throwable fault) {
        waiting.remove(poll);
        poll.fail(fault);
    }
}
