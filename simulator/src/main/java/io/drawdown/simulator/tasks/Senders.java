package io.drawdown.simulator.tasks;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.idempotency.Digest;
import io.drawdown.simulator.tasks.HandlerPlan.Kind;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.Spec.Sender;
import io.drawdown.tasks.task.Spec.Terms;
import io.drawdown.tasks.task.TaskDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Those who send tasks, and do something to them. Their requests reach any instance; a dead one answers nothing. */
public final class Senders {

    private static final List<String> TENANTS = List.of("acme", "bolt", "cora");
    private static final List<String> UNIQUE_KEYS = List.of("u1", "u2");
    private static final List<String> ORDER_KEYS = List.of("o1", "o2");
    private static final int BURST = 12;
    private static final int PARALLEL = 6;

    private final SimulationContext context;
    private final TasksSide side;
    private final List<String> sent = new ArrayList<>();
    private final List<NewTask> keyed = new ArrayList<>();
    private final Map<String, String> acceptedByKey = new TreeMap<>();
    private int keys;
    private int requests;

    Senders(SimulationContext context, TasksSide side) {
        this.context = context;
        this.side = side;
    }

    public void send(RandomGenerator random) {
        send(random, task(HandlerPlan.any(random), random, null, null));
    }

    public void burst(RandomGenerator random) {
        for (int each = 0; each < BURST; each++) {
            send(random, task(new HandlerPlan(Kind.COMPLETE, random.nextInt(400), 0), random, null, null));
        }
    }

    /** Their handlers keep several steps at once, and all at about the same time. */
    public void sendParallel(RandomGenerator random) {
        int millis = 50 + random.nextInt(200);
        for (int each = 0; each < PARALLEL; each++) {
            send(random, task(new HandlerPlan(Kind.PARALLEL, millis, 1), random, null, null));
        }
    }

    /** The insert, which may be a claim, arrives long after its instance has died. */
    public void sendThroughTheDying(RandomGenerator random) {
        NewTask task = task(new HandlerPlan(Kind.COMPLETE, 10, 0), random, null, null);
        side.dying(random).ifPresent(process -> process.process()
                .run(() -> process.core().enqueue(task).subscribe().with(answer -> {}, fault -> {})));
    }

    public void sendKiller(RandomGenerator random) {
        send(random, task(new HandlerPlan(Kind.KILL, random.nextInt(300), 0), random, null, null));
    }

    public void sendOrdered(RandomGenerator random) {
        Labels labels = new Labels(null, null, null, null, any(ORDER_KEYS, random));
        send(random, task(HandlerPlan.any(random), random, labels, null));
    }

    /** For the workers that live elsewhere. */
    public void sendElsewhere(RandomGenerator random) {
        Labels labels = random.nextInt(4) == 0 ? new Labels(null, null, null, null, "o3") : null;
        Spec spec = task(HandlerPlan.any(random), random, labels, null).spec();
        Spec elsewhere =
                new Spec(RemoteWorkers.TYPE, spec.payload(), spec.lane(), spec.tenant(), spec.sender(), labels, null);
        send(random, new NewTask(null, elsewhere, null));
    }

    public void sendUnique(RandomGenerator random) {
        Labels labels = new Labels(null, null, null, any(UNIQUE_KEYS, random), null);
        send(random, task(HandlerPlan.any(random), random, labels, null));
    }

    /** Two instances get a task with the same unique key at the same time. */
    public void raceForUnique(RandomGenerator random) {
        Labels labels = new Labels(null, null, null, any(UNIQUE_KEYS, random), null);
        HandlerPlan plan = HandlerPlan.any(random);
        for (int each = 0; each < 3; each++) {
            send(random, task(plan, random, labels, null));
        }
    }

    public void sendLater(RandomGenerator random) {
        NewTask task = task(HandlerPlan.any(random), random, null, null);
        send(random, new NewTask(task.id(), task.spec(), now().plusMillis(random.nextInt(8_000))));
    }

    public void sendExpiring(RandomGenerator random) {
        Terms terms = new Terms(null, null, null, null, null, null, now().plusMillis(random.nextInt(4_000)));
        send(random, task(HandlerPlan.any(random), random, null, terms));
    }

    public void sendWithTimeout(RandomGenerator random) {
        Terms terms = new Terms(null, 200L + random.nextInt(500), null, null, null, null, null);
        HandlerPlan plan = new HandlerPlan(random.nextInt(4) == 0 ? Kind.IGNORE : Kind.COMPLETE, 900, 0);
        send(random, task(plan, random, null, terms));
    }

    public void sendKeyed(RandomGenerator random) {
        NewTask task = task(HandlerPlan.any(random), random, null, null);
        Sender sender = task.spec().sender();
        String key = "key-" + ++keys;
        Spec spec = with(task.spec(), new Sender(sender.subject(), sender.createdAt(), Digest.of(key), null));
        NewTask keyedTask = new NewTask(TaskIds.of(sender.subject(), "/tasks", key, 0), spec, null);
        keyed.add(keyedTask);
        send(random, keyedTask);
    }

    /** A client that heard nothing, or does not trust its ears, sends the same again. */
    public void repeat(RandomGenerator random) {
        if (!keyed.isEmpty()) {
            send(random, keyed.get(random.nextInt(keyed.size())));
        }
    }

    /** Another body under a key that was used. */
    public void reuseKey(RandomGenerator random) {
        List<NewTask> known = keyed.stream()
                .filter(task -> acceptedByKey.containsKey(task.id()))
                .toList();
        if (known.isEmpty()) {
            return;
        }
        NewTask used = known.get(random.nextInt(known.size()));
        Sender sender = used.spec().sender();
        Sender other = new Sender(sender.subject(), sender.createdAt(), Digest.of("other"), null);
        side.any(random).ifPresent(process -> process.process().run(() -> process.core()
                .enqueue(new NewTask(used.id(), with(used.spec(), other), null))
                .subscribe()
                .with(answer -> reused(used, answer), fault -> {})));
    }

    private void reused(NewTask used, Enqueued answer) {
        context.counts.count("enqueue " + answer.getClass().getSimpleName());
        context.findings.expect(
                answer instanceof Enqueued.KeyReused || answer instanceof Enqueued.Full,
                "another body under a used key is refused",
                () -> used.id() + " was answered " + answer);
    }

    private static Spec with(Spec spec, Sender sender) {
        return new Spec(spec.type(), spec.payload(), spec.lane(), spec.tenant(), sender, spec.labels(), spec.terms());
    }

    private NewTask task(HandlerPlan plan, RandomGenerator random, @Nullable Labels labels, @Nullable Terms terms) {
        Lane[] lanes = Lane.values();
        Spec spec = new Spec(
                TasksSide.TYPES.get(random.nextInt(TasksSide.TYPES.size())),
                plan.ofRequest(++requests).payload(),
                lanes[random.nextInt(lanes.length)],
                any(TENANTS, random),
                new Sender("gateway", now(), null, null),
                labels,
                terms);
        return new NewTask(null, spec, null);
    }

    private void send(RandomGenerator random, NewTask task) {
        String orderKey =
                task.spec().labels() == null ? null : task.spec().labels().orderKey();
        String order = orderKey == null ? null : task.spec().orderHash();
        List<String> before = order == null ? List.of() : side.orders().before(order);
        side.any(random).ifPresent(process -> process.process().run(() -> process.core()
                .enqueue(task)
                .subscribe()
                .with(answer -> answered(task, answer, order, before), this::failed)));
    }

    private void answered(NewTask task, Enqueued answer, @Nullable String order, List<String> before) {
        context.counts.count("enqueue " + answer.getClass().getSimpleName());
        switch (answer) {
            case Enqueued.Accepted(TaskDocument stored) -> accepted(task, stored, order, before);
            case Enqueued.Repeated(TaskDocument stored) -> accepted(task, stored, order, before);
            case Enqueued.Deduplicated(TaskDocument holder) ->
                context.findings.expect(
                        holder.keys() != null && holder.keys().unique() != null,
                        "a task is deduplicated by one that holds its key",
                        () -> "holder: " + holder);
            case Enqueued.KeyReused() ->
                context.findings.expect(
                        false, "the same request under its key is not refused", () -> "refused: " + task);
            case Enqueued.Full _ -> {}
            case Enqueued.Contended() -> {}
        }
    }

    private void accepted(NewTask task, TaskDocument stored, @Nullable String order, List<String> before) {
        side.accepted(stored.id());
        if (order != null && task.id() == null) {
            side.orders().accepted(order, stored.id(), before);
        }
        if (task.id() == null) {
            sent.add(stored.id());
        } else {
            acceptedByKey.put(task.id(), stored.id());
            context.findings.expect(
                    task.id().equals(stored.id()), "one key names one task", () -> task.id() + " names " + stored.id());
        }
    }

    private void failed(Throwable fault) {
        context.counts.count("enqueue " + fault.getClass().getSimpleName());
        context.findings.expect(
                fault instanceof Unavailable || fault instanceof OutcomeUnknown,
                "a task that is not accepted did not happen, or its outcome is unknown",
                () -> "failed: " + fault);
    }

    public void cancel(RandomGenerator random) {
        with(random, (process, id) -> process.core()
                .control()
                .cancel(id)
                .subscribe()
                .with(answer -> cancelled(id, answer), fault -> {}));
    }

    private void cancelled(String id, Optional<TaskDocument> answer) {
        context.counts.count("cancel answered");
        context.findings.expect(
                answer.isPresent() && (answer.get().isOver() || answer.get().isCancelAsked()),
                "a task is over, or is being cancelled, once its cancellation is answered",
                () -> id + " is " + answer);
    }

    public void replay(RandomGenerator random) {
        with(random, (process, id) -> process.core()
                .control()
                .replay(id)
                .subscribe()
                .with(
                        answer -> context.counts.count(
                                "replay " + answer.getClass().getSimpleName()),
                        fault -> {}));
    }

    public void runNow(RandomGenerator random) {
        with(
                random,
                (process, id) -> process.core().control().runNow(id).subscribe().with(answer -> {}, fault -> {}));
    }

    public void move(RandomGenerator random) {
        Lane[] lanes = Lane.values();
        Lane lane = lanes[random.nextInt(lanes.length)];
        with(random, (process, id) -> process.core()
                .control()
                .move(id, lane, null)
                .subscribe()
                .with(answer -> {}, fault -> {}));
    }

    private interface Request {
        void to(TasksProcess process, String id);
    }

    /** Of a task that was sent not long ago. */
    private void with(RandomGenerator random, Request request) {
        if (sent.isEmpty()) {
            return;
        }
        String id = sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 20)));
        side.any(random).ifPresent(process -> process.process().run(() -> request.to(process, id)));
    }

    private Instant now() {
        return side.stores().database().now();
    }

    private static String any(List<String> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
