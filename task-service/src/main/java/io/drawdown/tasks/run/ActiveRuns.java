package io.drawdown.tasks.run;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.run.Finish.Stop;
import io.drawdown.tasks.store.GroupLimits;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that this instance runs. A task is run here only if its document says so: this incarnation owns it under that fence, and
 * that was read from the store or acknowledged by it. A claim that landed although its answer was lost is found at the next
 * renewal of the lease.
 */
public final class ActiveRuns implements TaskRun.Owner {

    private static final int MOST_KEPT_BYTES = 64 * 1024 * 1024;

    private final RunPorts ports;
    private final LeaseValidity validity;
    private final Slots slots;
    private final ToLongFunction<String> drainedTo;
    private final Consumer<StateChange> changes;
    private final Occupied occupied = new Occupied();
    private final Map<String, TaskRun> runs = new HashMap<>();
    private final RandomIds writeIds;
    private final Suspects suspects;
    private final StuckTypes stuck;
    private final Strays strays;
    private boolean isStopping;
    private Runnable slotFreed = () -> {};
    private Consumer<TaskProgress> progressed = progress -> {};

    /** @param changes counts the claims */
    public ActiveRuns(
            RunPorts ports,
            TasksSettings settings,
            LeaseValidity validity,
            ToLongFunction<String> drainedTo,
            Consumer<StateChange> changes) {
        this.ports = ports;
        this.validity = validity;
        this.slots = new Slots(settings);
        this.drainedTo = drainedTo;
        this.changes = changes;
        this.writeIds = new RandomIds(ports.random());
        this.suspects = new Suspects(ports.store(), ports.writes());
        this.stuck = new StuckTypes(ports);
        this.strays = new Strays(ports.store(), occupied, stray -> start(take(stray)));
    }

    /** @param action runs whenever a slot became free */
    public void whenSlotFreed(Runnable action) {
        slotFreed = action;
    }

    /** @param action told how far each task is that runs here */
    public void whenProgressed(Consumer<TaskProgress> action) {
        progressed = action;
    }

    /** How many more tasks of the type may run here now. */
    int free(TaskType type) {
        return mayRun(type) ? slots.free(type) : 0;
    }

    private boolean mayRun(TaskType type) {
        return validity.mayAct() && !stuck.contains(type);
    }

    /** The types of which no more tasks are run here, because too many abandoned handlers do not end. */
    public List<String> stuckTypes() {
        return stuck.names();
    }

    /** How many more suspects of the type may run here now: one at most. */
    int freeForSuspects(TaskType type) {
        return suspects.isFree() ? Math.min(1, free(type)) : 0;
    }

    /**
     * Takes a slot for a task that is not stored yet, so that its insert can be its claim.
     *
     * @return the task as this instance runs it; null if it must wait
     */
    public @Nullable TaskDocument reserve(TaskDocument queued) {
        boolean isReady = queued.isReady()
                && queued.order() == null
                && !queued.isExpired(ports.time().now());
        boolean hasSlot = ports.types()
                .find(queued.spec().type())
                .filter(TaskType::isHandledHere)
                .filter(type -> mayRun(type) && slots.fits(type, TaskRun.bytes(queued)))
                .isPresent();
        return isReady && hasSlot
                ? take(Runs.claim(queued, validity.incarnation(), ports.time().now()))
                : null;
    }

    /** The insert did not happen, or its outcome is unknown. */
    public void release(TaskDocument reserved) {
        leave(reserved);
        suspects.free(reserved.id(), reserved.counters().fence());
    }

    /** Starts what was reserved; the store has acknowledged it as it is. */
    public void start(TaskDocument stored) {
        if (!(stored.state() instanceof Processing claim)) {
            throw new IllegalArgumentException("not claimed: " + stored.id());
        }
        TaskRun run = new TaskRun(ports, this, claim.owner(), stored);
        runs.put(key(run), run);
        if (!isStopping && validity.mayAct() && claim.owner().equals(validity.incarnation())) {
            run.begin();
        } else {
            run.giveBack();
        }
    }

    /**
     * What became of claims.
     *
     * @param refused those with an order key that were not won: another task of the key may run
     */
    record Claimed(int started, List<TaskDocument> refused) {

        private Claimed and(Claimed more) {
            return new Claimed(
                    started + more.started,
                    Stream.concat(refused.stream(), more.refused.stream()).toList());
        }
    }

    /** Claims those of the tasks that there is room for, and starts what was won. */
    Uni<Claimed> claim(List<TaskDocument> waiting) {
        List<TaskDocument> claims = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (TaskDocument task : waiting) {
            TaskType type = ports.types().find(task.spec().type()).orElseThrow();
            if (ids.add(task.id())
                    && !task.isExpired(ports.time().now())
                    && suspects.mayClaim(task)
                    && mayRun(type)
                    && slots.fits(type, TaskRun.bytes(task))) {
                claims.add(take(claimed(task)));
            }
        }
        return claims.isEmpty() ? Uni.createFrom().item(new Claimed(0, List.of())) : write(claims);
    }

    private TaskDocument claimed(TaskDocument task) {
        return Runs.claim(task, validity.incarnation(), ports.time().now())
                .written(writeIds.get(), drainedTo.applyAsLong(task.id()));
    }

    private TaskDocument take(TaskDocument claim) {
        slots.take(claim.spec().type(), TaskRun.bytes(claim));
        occupied.enter(claim.id());
        suspects.claim(claim);
        return claim;
    }

    /** In groups, one after the other. After a failure nothing more is asked for. */
    private Uni<Claimed> write(List<TaskDocument> claims) {
        List<TaskDocument> group = GroupLimits.DEFAULT.first(claims, TaskDocument::bytes);
        Uni<Claimed> written = ports.store()
                .replaceAll(group)
                .onFailure()
                .invoke(fault -> claims.forEach(claim -> notClaimed(claim, fault)))
                .map(won -> startWon(group, won));
        List<TaskDocument> rest = claims.subList(group.size(), claims.size());
        return rest.isEmpty() ? written : written.chain(first -> write(rest).map(first::and));
    }

    private Claimed startWon(List<TaskDocument> claims, Set<String> won) {
        List<TaskDocument> lost =
                claims.stream().filter(claim -> !won.contains(claim.id())).toList();
        lost.forEach(this::release);
        claims.stream().filter(claim -> won.contains(claim.id())).forEach(this::startClaimed);
        return new Claimed(
                won.size(), lost.stream().filter(claim -> claim.order() != null).toList());
    }

    private void startClaimed(TaskDocument claim) {
        changes.accept(StateChange.claimed(claim));
        start(claim);
    }

    /** If it happened after all, the next look at what this instance owns finds it. */
    private void notClaimed(TaskDocument claim, Throwable fault) {
        leave(claim);
        suspects.failed(claim, fault);
    }

    private void leave(TaskDocument taken) {
        slots.free(taken.spec().type(), TaskRun.bytes(taken));
        occupied.leave(taken.id());
    }

    /** Starts what this incarnation owns and does not work on: what a claim with a lost answer left. */
    public Uni<Void> reconcile(String incarnation) {
        return strays.start(incarnation).chain(suspects::resolve);
    }

    /** Someone wants the task to be cancelled. */
    public void cancel(String id) {
        List.copyOf(runs.values()).stream().filter(run -> run.id().equals(id)).forEach(run -> run.stop(Stop.CANCEL));
    }

    /** For a stop: what runs is to stop and goes back, and what is still being claimed goes back too. */
    public void stop() {
        isStopping = true;
        handBackAll();
    }

    /** All handlers are to stop, and their tasks go back. */
    public void handBackAll() {
        List.copyOf(runs.values()).forEach(run -> run.stop(Stop.HAND_BACK));
    }

    /** Tasks at work here. */
    public int running() {
        return slots.taken();
    }

    /** Tasks at work here, ends that are not written yet, and claims under way. */
    public int occupied() {
        return occupied.size();
    }

    @Override
    public void concluded(TaskRun run) {
        slots.free(run.type(), run.bytes());
        slotFreed.run();
    }

    @Override
    public void done(TaskRun run) {
        runs.remove(key(run));
        occupied.leave(run.id());
        suspects.free(run.id(), run.fence());
    }

    @Override
    public void progressed(TaskProgress progress) {
        progressed.accept(progress);
    }

    @Override
    public boolean mayKeep(TaskRun run, int bytes) {
        int others = runs.values().stream()
                .filter(each -> each != run)
                .mapToInt(TaskRun::keptBytes)
                .sum();
        return others + bytes <= MOST_KEPT_BYTES;
    }

    private static String key(TaskRun run) {
        return run.id() + ":" + run.fence();
    }
}
