package io.drawdown.tasks.external;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.external.Worker.Run;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.task.Attempt;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Processing;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What workers elsewhere say of their runs. Each is one write, which demands that the task is still the run's: of a worker of
 * the same subject, under the same fence. What was said before under that fence is answered in the same way again.
 */
public final class LeasedRuns {

    private final RunPorts ports;
    private final Claims claims;
    private final Hints hints;

    LeasedRuns(RunPorts ports, Claims claims, Hints hints) {
        this.ports = ports;
        this.claims = claims;
        this.hints = hints;
    }

    /**
     * How far a run is.
     *
     * @param progress null if it says nothing of that
     * @param lines that it wants to be kept
     */
    public record Report(@Nullable Progress progress, List<String> lines) {}

    /** The worker lives, and may be silent for so long again; its deadline stays. */
    public Uni<RunAnswer> extend(Run run, Duration visibility, Report report) {
        return say(
                        run,
                        run::has,
                        (task, now) -> Leases.extend(reported(task, report, now), visibility, policy(task), now))
                .invoke(answer -> {
                    if (report.progress() != null && answer instanceof RunAnswer.Accepted(TaskDocument task)) {
                        tell(task);
                    }
                });
    }

    /** Whoever watches the task hears of it at once. A later report is a later write. */
    private void tell(TaskDocument task) {
        Progress shown = task.runHistory().progress();
        if (shown != null) {
            hints.progressed(new TaskProgress(
                    task.id(),
                    task.spec().progressLabels(),
                    task.counters().life(),
                    task.counters().fence(),
                    task.rev(),
                    shown.percent(),
                    shown.note(),
                    ports.time().now()));
        }
    }

    private static TaskDocument reported(TaskDocument task, Report report, Instant now) {
        List<LogLine> lines = report.lines().stream()
                .map(text -> new LogLine(now, task.counters().runs(), text))
                .toList();
        return report.progress() == null && lines.isEmpty() ? task : Runs.report(task, report.progress(), lines);
    }

    /** @param result JSON */
    public Uni<RunAnswer> complete(Run run, String result) {
        return say(
                run,
                task -> hasEnded(run, task, null) && hasResult(task, result),
                (task, now) -> Runs.complete(task, result, policy(task), now));
    }

    /** A result that has gone cannot be compared. */
    private static boolean hasResult(TaskDocument task, String result) {
        return task.state() instanceof Completed completed
                && (completed.result() == null || completed.result().equals(result));
    }

    /** @param retryAfter the delay that the worker asks for; null: the back-off */
    public Uni<RunAnswer> fail(Run run, TaskFailure failure, @Nullable Duration retryAfter) {
        return say(
                run,
                task -> hasEnded(run, task, failure),
                (task, now) -> Runs.fail(task, failure, retryAfter, policy(task), new Moment(now, ports.random())));
    }

    /** Whether the last attempt was this run, and ended so. */
    private static boolean hasEnded(Run run, TaskDocument task, @Nullable TaskFailure failure) {
        List<Attempt> attempts = task.runHistory().pastAttempts();
        return !(task.state() instanceof Processing)
                && task.counters().fence() == run.fence()
                && !attempts.isEmpty()
                && Worker.isOf(attempts.getLast().worker(), run.subject())
                && Objects.equals(attempts.getLast().failure(), failure);
    }

    private interface Change {
        TaskDocument of(TaskDocument found, Instant now);
    }

    /** @param isSaid whether a task shows that this was said */
    private Uni<RunAnswer> say(Run run, Predicate<TaskDocument> isSaid, Change change) {
        return ports.store()
                .get(run.taskId())
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new RunAnswer.NotFound())
                        : say(found.get(), run, isSaid, change));
    }

    private Uni<RunAnswer> say(TaskDocument seen, Run run, Predicate<TaskDocument> isSaid, Change change) {
        return ports.writes()
                .change(seen, (found, now) -> run.has(found) ? change.of(found, now) : survived(run, found))
                .map(stored -> isSaid.test(stored) ? accepted(seen, run, stored) : refused(stored));
    }

    private static @Nullable TaskDocument survived(Run run, TaskDocument found) {
        return Leases.survived(found, run.fence(), owner -> Worker.isOf(owner, run.subject()));
    }

    private RunAnswer accepted(TaskDocument seen, Run run, TaskDocument stored) {
        if (run.has(seen) && !run.has(stored)) {
            ports.monitor().finished(stored.spec().type());
        }
        return new RunAnswer.Accepted(stored);
    }

    private RunAnswer refused(TaskDocument stored) {
        ports.monitor().lost(stored.spec().type());
        claims.hint(stored);
        return new RunAnswer.Refused(stored);
    }

    private Policy policy(TaskDocument task) {
        return ports.types().policyOf(task.spec().type());
    }
}
