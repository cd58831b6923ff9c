package io.drawdown.simulator.tasks;

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
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must hold for each task, from one of its documents to the next, as a majority of the database has them. */
final class TaskInvariants {

    private final SimulationContext context;
    private final Findings findings;
    private final Map<String, TaskDocument> latest = new TreeMap<>();
    private final Map<Integer, String> byRequest = new TreeMap<>();
    private final Map<String, String> byUnique = new TreeMap<>();
    private final Map<String, Boolean> wasSuspect = new TreeMap<>();

    TaskInvariants(SimulationContext context, TasksStores stores) {
        this.context = context;
        this.findings = context.findings;
        stores.tasks().whenCommitted((id, task) -> committed(task));
    }

    private void committed(TaskDocument next) {
        TaskDocument before = latest.put(next.id(), next);
        oneHasTheUniqueKey(next);
        if (before == null) {
            oneRequestMakesOneTask(next);
        }
        if (before == null || before.rev() == next.rev()) {
            context.counts.count(before == null ? "task " + next.state().name() : "task trimmed");
            return;
        }
        context.counts.count(
                "task " + before.state().name() + " to " + next.state().name());
        oneSuspectAtATime(before, next);
        fencesRise(before, next);
        terminalIsFinal(before, next);
        completedOnlyByItsRun(before, next);
        retriesCountFailures(before, next);
        cancelledIsNotPutBack(before, next);
        innocentsLive(next);
        expiredNeverStarted(next);
    }

    private void oneRequestMakesOneTask(TaskDocument next) {
        String other = byRequest.putIfAbsent(HandlerPlan.of(next).request(), next.id());
        findings.expect(
                other == null,
                "one request makes one task",
                () -> other + " and " + next.id() + " are of " + HandlerPlan.of(next));
    }

    private void oneHasTheUniqueKey(TaskDocument next) {
        String unique = next.spec().uniqueHash();
        if (unique == null) {
            return;
        }
        if (next.isOver()) {
            byUnique.remove(unique, next.id());
            return;
        }
        String other = byUnique.put(unique, next.id());
        findings.expect(
                other == null || other.equals(next.id()),
                "of the tasks with one unique key one is not over",
                () -> other + " and " + next.id() + " have " + unique);
    }

    private void oneSuspectAtATime(TaskDocument before, TaskDocument next) {
        boolean isStart = next.state() instanceof Processing run
                && run.suspect() != null
                && !(before.state() instanceof Processing);
        if (isStart) {
            latest.values()
                    .forEach(other -> findings.expect(
                            other.id().equals(next.id())
                                    || !(other.state() instanceof Processing run)
                                    || run.suspect() == null
                                    || !run.owner().equals(owner(next)),
                            "a worker runs one suspect at a time",
                            () -> next + " runs beside " + other));
        }
        if (next.state() instanceof Processing run && run.suspect() == null && next.isSuspect()) {
            findings.expect(false, "a suspect is marked as one", () -> "not marked: " + next);
        }
        if (!Objects.equals(last(before), last(next))) {
            wasSuspect.put(next.id(), before.state() instanceof Processing run && run.suspect() != null);
        }
    }

    private void fencesRise(TaskDocument before, TaskDocument next) {
        boolean isClaim = next.state() instanceof Processing
                && (!(before.state() instanceof Processing run) || !run.owner().equals(owner(next)));
        findings.expect(
                next.counters().fence() >= before.counters().fence()
                        && (!isClaim
                                || next.counters().fence() > before.counters().fence()),
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
                || (before instanceof Completed one
                        && next instanceof Completed other
                        && one.at().equals(other.at()));
    }

    private void completedOnlyByItsRun(TaskDocument before, TaskDocument next) {
        findings.expect(
                !(next.state() instanceof Completed)
                        || before.state() instanceof Completed
                        || (before.state() instanceof Processing
                                && before.counters().fence() == next.counters().fence()),
                "a task is completed by the run that has it, once",
                () -> before + " becomes " + next);
        findings.expect(
                !(next.state() instanceof Completed end)
                        || end.result() == null
                        || end.result().equals(SimulatedHandler.resultOf(next)),
                "the result of a task is that of the run that has its fence",
                () -> "another one: " + next);
    }

    private void retriesCountFailures(TaskDocument before, TaskDocument next) {
        if (before.counters().life() != next.counters().life()) {
            return;
        }
        boolean isRetry = next.counters().retries() > before.counters().retries();
        findings.expect(
                !isRetry || isOf(last(next), Reason.TEMPORARY) || isOf(last(next), Reason.TIMEOUT),
                "only a failure or a timeout costs a retry",
                () -> before + " becomes " + next);
        findings.expect(
                next.counters().crashes() <= before.counters().crashes() || isOf(last(next), Reason.CRASHED),
                "only a crash counts as a crash",
                () -> before + " becomes " + next);
    }

    private static boolean isOf(@Nullable Attempt attempt, Reason reason) {
        return attempt != null && attempt.failure() != null && attempt.failure().reason() == reason;
    }

    private static @Nullable Attempt last(TaskDocument task) {
        List<Attempt> attempts = task.runHistory().pastAttempts();
        return attempts.isEmpty() ? null : attempts.getLast();
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
                !isBlamed
                        || (next.counters().crashes() >= Counters.GUILTY && wasSuspect.getOrDefault(next.id(), false)),
                "a task is blamed for its third crash, and only if it was the only suspect there",
                () -> "blamed: " + next);
    }

    private void expiredNeverStarted(TaskDocument next) {
        boolean isExpired =
                next.state() instanceof Failed failed && failed.failure().reason() == Reason.EXPIRED;
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
                open.isEmpty(),
                "when faults stop, every task comes to its end",
                () -> open.size() + " are open: " + open.getFirst());
        List<TaskDocument> unsent = latest.values().stream()
                .filter(task -> task.outbox().pending() != null)
                .toList();
        findings.expect(
                unsent.isEmpty(),
                "when faults stop, every event is published and gone from its document",
                () -> unsent.size() + " are not: " + unsent.getFirst());
        findings.expect(
                latest.values().stream().noneMatch(task -> task.keys() != null),
                "a task that is over holds no key",
                () -> "it does: "
                        + latest.values().stream()
                                .filter(task -> task.keys() != null)
                                .findFirst());
    }

    boolean isAtRest() {
        return latest.values().stream()
                .allMatch(task -> task.isOver() && task.outbox().pending() == null);
    }
}
