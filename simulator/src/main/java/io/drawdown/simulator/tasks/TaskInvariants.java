package io.drawdown.simulator.tasks;

import io.drawdown.simulator.tasks.HandlerPlan.Kind;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.task.Attempt;
import io.drawdown.tasks.task.Counters;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Dead;
import io.drawdown.tasks.task.TaskState.Failed;
import io.drawdown.tasks.task.TaskState.Processing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold for each task, from one of its documents to the next, as a majority of the database has them. */
final class TaskInvariants {

    private final SimulationContext context;
    private final Findings findings;
    private final Map<String, TaskDocument> latest = new TreeMap<>();

    TaskInvariants(SimulationContext context, TasksStores stores) {
        this.context = context;
        this.findings = context.findings;
        stores.tasks().whenCommitted((id, task) -> committed(task));
    }

    private void committed(TaskDocument next) {
        TaskDocument before = latest.put(next.id(), next);
        if (before == null || before.rev() == next.rev()) {
            context.counts.count(before == null ? "task " + next.state().name() : "task trimmed");
            return;
        }
        context.counts.count("task " + before.state().name() + " to " + next.state().name());
        fencesRise(before, next);
        terminalIsFinal(before, next);
        completedOnlyByItsRun(before, next);
        retriesCountFailures(before, next);
        cancelledIsNotPutBack(before, next);
        innocentsLive(next);
        expiredNeverStarted(next);
    }

    private void fencesRise(TaskDocument before, TaskDocument next) {
        boolean isClaim = next.state() instanceof Processing
                && (!(before.state() instanceof Processing run) || !run.owner().equals(owner(next)));
        findings.expect(
                next.counters().fence() >= before.counters().fence()
                        && (!isClaim || next.counters().fence() > before.counters().fence()),
                "the fence of a task rises with every claim and never falls",
                () -> before + " becomes " + next);
        findings.expect(
                !isClaim || before.isReady(),
                "a task is claimed only while it is ready",
                () -> before + " becomes " + next);
    }

    private static String owner(TaskDocument task) {
        return ((Processing) task.state()).owner();
    }

    private void terminalIsFinal(TaskDocument before, TaskDocument next) {
        boolean isSameLife = before.counters().life() == next.counters().life();
        findings.expect(
                !before.isOver() || !isSameLife || isSameEnd(before.state(), next.state()),
                "a terminal state is final within a life",
                () -> before + " becomes " + next);
    }

    private static boolean isSameEnd(TaskState before, TaskState next) {
        return before.equals(next)
                || (before instanceof Completed one && next instanceof Completed other && one.at().equals(other.at()));
    }

    private void completedOnlyByItsRun(TaskDocument before, TaskDocument next) {
        findings.expect(
                !(next.state() instanceof Completed)
                        || before.state() instanceof Completed
                        || (before.state() instanceof Processing
                                && before.counters().fence() == next.counters().fence()),
                "a task is completed by the run that has it, once",
                () -> before + " becomes " + next);
    }

    private void retriesCountFailures(TaskDocument before, TaskDocument next) {
        if (before.counters().life() != next.counters().life()) {
            return;
        }
        boolean isRetry = next.counters().retries() > before.counters().retries();
        findings.expect(
                !isRetry || isFailure(last(next)),
                "only a failure or a timeout costs a retry",
                () -> before + " becomes " + next);
        findings.expect(
                next.counters().crashes() <= before.counters().crashes() || last(next).failure() != null
                        && last(next).failure().reason() == Reason.CRASHED,
                "only a crash counts as a crash",
                () -> before + " becomes " + next);
    }

    private static boolean isFailure(Attempt attempt) {
        return attempt.failure() != null
                && (attempt.failure().reason() == Reason.TEMPORARY || attempt.failure().reason() == Reason.TIMEOUT);
    }

    private static Attempt last(TaskDocument task) {
        return task.done().pastAttempts().getLast();
    }

    private void cancelledIsNotPutBack(TaskDocument before, TaskDocument next) {
        findings.expect(
                !before.isCancelAsked() || next.isOver() || next.isCancelAsked(),
                "a task that someone wants to cancel is never put back",
                () -> before + " becomes " + next);
    }

    /** A task that did not kill its workers is not blamed for their deaths. */
    private void innocentsLive(TaskDocument next) {
        boolean isBlamed = next.state() instanceof Dead dead && dead.failure().reason() == Reason.CRASHED;
        context.counts.add("task blamed", isBlamed ? 1 : 0);
        findings.expect(
                !isBlamed || HandlerPlan.of(next).kind() == Kind.KILL || next.counters().crashes() >= Counters.GUILTY,
                "a task is blamed for crashes only after three as the only suspect",
                () -> "blamed: " + next);
    }

    private void expiredNeverStarted(TaskDocument next) {
        boolean isExpired = next.state() instanceof Failed failed && failed.failure().reason() == Reason.EXPIRED;
        findings.expect(
                !isExpired || next.counters().runs() == 0,
                "a task that expired was never started",
                () -> "expired: " + next);
    }

    /** When all faults have gone for long enough, every task is over. */
    void checkAtRest() {
        List<TaskDocument> open =
                latest.values().stream().filter(task -> !task.isOver()).toList();
        findings.expect(
                open.isEmpty(), "when faults stop, every task comes to its end", () -> open.size() + " are open: " + open.getFirst());
        List<TaskDocument> unsent =
                latest.values().stream().filter(task -> task.outbox().pending() != null).toList();
        findings.expect(
                unsent.isEmpty(),
                "when faults stop, every event is published and gone from its document",
                () -> unsent.size() + " are not: " + unsent.getFirst());
        findings.expect(
                latest.values().stream().noneMatch(task -> task.keys() != null),
                "a task that is over holds no key",
                () -> "it does: " + latest.values().stream().filter(task -> task.keys() != null).findFirst());
    }

    boolean isAtRest() {
        return latest.values().stream()
                .allMatch(task -> task.isOver() && task.outbox().pending() == null);
    }
}
