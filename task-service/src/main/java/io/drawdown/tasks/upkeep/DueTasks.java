package io.drawdown.tasks.upkeep;

import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler.Timer;
import io.drawdown.tasks.enqueue.Enqueuing;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.store.TaskStore.DueTask;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Cause;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.Waits;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves tasks into the queue when they are due. Once a second it looks for those that will be due soon and arms a timer for
 * each; what is due sooner is armed by whoever schedules it. The instance that comes first for a task moves it on time, the
 * others a moment later if it did not.
 */
public final class DueTasks implements Enqueuing.Schedule {

    private static final Logger LOG = Logger.getLogger(DueTasks.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration OTHERS_AFTER = Duration.ofMillis(250);
    private static final int MOST = 1_000;

    private final RunPorts ports;
    private final Survivors survivors;
    private final Claims claims;
    private final Members members;
    private final PeriodicTask looks;
    private final Map<String, Armed> armed = new HashMap<>();

    private record Armed(Instant dueAt, Timer timer) {}

    public DueTasks(RunPorts ports, IncarnationStore incarnations, Claims claims, Members members) {
        this.ports = ports;
        this.survivors = new Survivors(incarnations);
        this.claims = claims;
        this.members = members;
        this.looks = PeriodicTask.of("look for due tasks", ports.scheduler(), LOOK, this::look);
    }

    public void start() {
        looks.startNow();
    }

    public void stop() {
        looks.stop();
        armed.values().forEach(each -> each.timer().cancel());
        armed.clear();
    }

    /** That task was scheduled here. */
    @Override
    public void expect(TaskDocument task) {
        if (task.state() instanceof Scheduled scheduled
                && looks.isRunning()
                && scheduled.dueAt().isBefore(ports.time().now().plus(SOON))) {
            arm(new DueTask(task.id(), scheduled.dueAt()), Duration.ZERO);
        }
    }

    private Uni<Void> look() {
        return ports.store()
                .dueBefore(ports.time().now().plus(SOON), MOST)
                .invoke(found ->
                        found.forEach(due -> arm(due, members.isMine(due.id()) ? Duration.ZERO : OTHERS_AFTER)))
                .replaceWithVoid();
    }

    private void arm(DueTask due, Duration extra) {
        Armed before = armed.get(due.id());
        if (!looks.isRunning() || (before != null && before.dueAt().equals(due.dueAt()))) {
            return;
        }
        if (before != null) {
            before.timer().cancel();
        }
        Duration delay = Duration.between(ports.time().now(), due.dueAt()).plus(extra);
        Timer timer = ports.scheduler().after(delay.isNegative() ? Duration.ZERO : delay, () -> fire(due));
        armed.put(due.id(), new Armed(due.dueAt(), timer));
    }

    private void fire(DueTask due) {
        ports.store()
                .get(due.id())
                .chain(found -> found.isEmpty() ? Uni.createFrom().voidItem() : move(found.get()))
                .onTermination()
                .invoke(() -> armed.remove(due.id()))
                .subscribe()
                .with(done -> {}, fault -> LOG.debugf("Not moved yet: taskId=%s fault=%s", due.id(), fault));
    }

    private Uni<Void> move(TaskDocument task) {
        if (!isDue(task, ports.time().now())) {
            return Uni.createFrom().voidItem();
        }
        return survivors(task)
                .chain(survived -> ports.writes().change(task, (found, now) -> moved(found, now, task, survived)))
                .invoke(claims::hint)
                .replaceWithVoid();
    }

    private @Nullable TaskDocument moved(TaskDocument found, Instant now, TaskDocument judged, int survived) {
        if (!isDue(found, now)) {
            return null;
        }
        if (!isVerdict(found)) {
            return Waits.due(found, now);
        }
        Policy policy = ports.types().policyOf(found.spec().type());
        return found.counters().equals(judged.counters()) ? Runs.judge(found, survived, policy, now) : null;
    }

    /** How many of the workers that a verdict is about have lived. */
    private Uni<Integer> survivors(TaskDocument task) {
        return survivors
                .among(isVerdict(task) ? task.crashedWorkers() : List.of())
                .map(task::crashesOf);
    }

    private static boolean isVerdict(TaskDocument task) {
        return task.state() instanceof Scheduled scheduled && scheduled.cause() == Cause.VERDICT;
    }

    private static boolean isDue(TaskDocument task, Instant now) {
        return task.state() instanceof Scheduled scheduled && !scheduled.dueAt().isAfter(now);
    }
}
