package io.drawdown.tasks.external;

import io.drawdown.kit.faults.Unavailable;
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
    private final LeaseWrites writes;
    private final Map<String, ReadyQueue> queues = new LinkedHashMap<>();
    private final List<LeasePoll> waiting = new ArrayList<>();
    private boolean asked;
    private boolean underWay;
    private boolean stopped;
    private int turn;

    LeasePolls(RunPorts ports, Claims claims, LeaseWrites writes) {
        this.ports = ports;
        this.claims = claims;
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
        ports.store()
                .leasedIn(poll.slots().all())
                .subscribe()
                .with(held -> looked(poll, held), fault -> fail(poll, fault));
    }

    private void looked(LeasePoll poll, List<TaskDocument> held) {
        Leased before = poll.slots().before(held);
        if (before != null) {
            answer(poll, before);
            return;
        }
        Duration patience = waiting.size() <= MOST ? poll.request().patience() : Duration.ZERO;
        poll.mayLease(held.stream().anyMatch(poll.slots()::isSuspect));
        queues.values().stream().filter(poll::isFor).forEach(ReadyQueue::hintAll);
        ports.scheduler().after(patience, () -> {
            poll.waitIsOver();
            ask();
        });
        ask();
    }

    /** The client of the request is gone. */
    @SuppressWarnings("ReferenceEquality") // two clients may ask for the same
    void withdraw(LeaseRequest request) {
        waiting.removeIf(poll -> poll.request() == request);
    }

    /** A task may wait in that lane of the queue. */
    void hint(String queue, Lane lane) {
        ReadyQueue known = queues.get(queue);
        if (known != null) {
            known.hint(Set.of(lane));
            ask();
        }
    }

    /** Any task may wait. */
    void sweep() {
        queues.values().forEach(ReadyQueue::hintAll);
        ask();
    }

    boolean isIdle() {
        return !underWay;
    }

    /** Nobody gets anything more. */
    void stop() {
        stopped = true;
        List.copyOf(waiting).forEach(this::answerNothing);
    }

    private void ask() {
        if (!asked) {
            asked = true;
            ports.scheduler().execute(this::round);
        }
    }

    private void round() {
        asked = false;
        if (underWay) {
            return;
        }
        for (LeasePoll poll : List.copyOf(waiting)) {
            ReadyQueue queue = next(poll);
            if (queue != null) {
                underWay = true;
                serve(poll, queue);
                return;
            }
            if (poll.isWaitOver()) {
                answerNothing(poll);
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
        queue.next(queue.isOfSuspects() ? 1 : poll.request().most())
                .chain(found ->
                        writes.lease(poll, queue, found.tasks()).invoke(leased -> leased(poll, queue, found, leased)))
                .onTermination()
                .invoke(() -> underWay = false)
                .subscribe()
                .with(leased -> ask(), fault -> {
                    fail(poll, fault);
                    ask();
                });
    }

    private void leased(LeasePoll poll, ReadyQueue queue, Found found, Leased leased) {
        if (leased instanceof Granted(List<TaskDocument> tasks, boolean _) && tasks.isEmpty()) {
            again(queue, found.more());
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
    private void again(ReadyQueue queue, List<Lane> more) {
        if (!more.isEmpty() && !queue.isOfSuspects()) {
            ports.scheduler().after(LOST, () -> more.forEach(lane -> hint(queue.name(), lane)));
        }
    }

    /** Nobody hears the answer. If the request has a key, its repeat may. */
    private void dropped(LeasePoll poll, Leased leased) {
        if (poll.request().key() == null && leased instanceof Granted granted) {
            granted.tasks().forEach(task -> writes.handBack(task)
                    .subscribe()
                    .with(claims::hint, fault -> LOG.debugf("Lease runs out: taskId=%s fault=%s", task.id(), fault)));
        }
    }

    private void answer(LeasePoll poll, Leased leased) {
        waiting.remove(poll);
        poll.answer(leased);
    }

    private void answerNothing(LeasePoll poll) {
        answer(poll, new Granted(List.of(), false));
    }

    private void fail(LeasePoll poll, Throwable fault) {
        waiting.remove(poll);
        poll.fail(fault);
    }
}
