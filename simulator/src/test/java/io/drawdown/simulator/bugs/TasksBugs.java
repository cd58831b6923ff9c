package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Edit;
import io.drawdown.simulator.bugs.overlay.SeededBug;
import io.drawdown.simulator.history.Scene;
import java.util.List;

/** Bugs of the task queue. */
final class TasksBugs {

    private static final String RUN = "tasks.run.TaskRun";
    private static final String RUNS = "tasks.task.Runs";
    private static final String ACTIVE = "tasks.run.ActiveRuns";
    private static final String ENQUEUING = "tasks.enqueue.Enqueuing";
    private static final String STORE = "simulator.tasks.SimulatedTasks";

    private TasksBugs() {}

    static List<SeededBug> all() {
        return List.of(
                completeWithoutFence(),
                newIdAfterALostInsert(),
                countMarksByTask(),
                neverReconcile(),
                reconcileWhatIsUnderWay(),
                startBeforeTheClaimIsAcknowledged(),
                actWithoutALease(),
                blameAllWhoRanInACrash(),
                claimSuspectsTogether(),
                burnARetryOnACrash(),
                putACancelledTaskBack(),
                forgetTheOrderKeyAtARetry(),
                wakeNobodyAtABlockedInsert(),
                wakeNobodyAtAnEnd(),
                releaseTheUniqueKeyAtTheStart(),
                clearTheOutboxEarly(),
                trustTheCountOfABulk(),
                twoWritesOfOneTaskInAGroup(),
                replaceWhateverTheRevision(),
                completeALeaseWithoutItsFence(),
                leaseNewTasksAtARepeat(),
                neverTakeALease(),
                leaveEventsOfTheDead(),
                forgetTheDeadSoon(),
                countOnWhatARecountFound());
    }

    /** A zombie that was frozen past its lease ends a task that another worker runs. */
    private static SeededBug completeWithoutFence() {
        return SeededBug.ofTasks(
                "complete without the fence",
                RUN,
                "isOurs = found.isRun(owner, fence);",
                "isOurs = found.state() instanceof io.drawdown.tasks.task.TaskState.Processing;");
    }

    /** The insert that was thought lost happened, and the task is there twice. */
    private static SeededBug newIdAfterALostInsert() {
        return new SeededBug(
                Scene.TASKS,
                "take a new id after a lost insert",
                List.of(
                        new Edit(ENQUEUING, "private final TaskDocument first;", "private TaskDocument first;"),
                        new Edit(ENQUEUING, "mayBeStored = true;", """
                                mayBeStored = true;
                                first = new TaskDocument(
                                        ids.next(),
                                        first.revision(),
                                        first.spec(),
                                        first.state(),
                                        first.keys(),
                                        first.counters(),
                                        first.history(),
                                        first.outbox());""")));
    }

    /** A run that was lost ends, and with it the mark of the run that this instance has of the same task since. */
    private static SeededBug countMarksByTask() {
        return SeededBug.ofTasks(
                "keep one mark per task in flight", "tasks.run.Occupied", "count == 1 ? null : count - 1", "null");
    }

    /** A claim whose answer was lost has happened, and nobody runs the task. */
    private static SeededBug neverReconcile() {
        return SeededBug.ofTasks(
                "never look for claims whose answer was lost",
                "tasks.run.Strays",
                "return reconcile(incarnation, \"\", busy)",
                "return Uni.createFrom().voidItem()");
    }

    /** What was claimed or ended since the read began looks as if nobody ran it. */
    private static SeededBug reconcileWhatIsUnderWay() {
        return SeededBug.ofTasks(
                "start what is in flight once more",
                "tasks.run.Occupied",
                "observations.forEach(seen -> seen.add(id));",
                "");
    }

    /** The claim may have lost the race. */
    private static SeededBug startBeforeTheClaimIsAcknowledged() {
        return SeededBug.ofTasks(
                "start before the claim is acknowledged", ACTIVE, ".map(won -> startWon(group, won));", """
                        .map(won -> startWon(
                                group,
                                group.stream().map(TaskDocument::id).collect(java.util.stream.Collectors.toSet())));""");
    }

    /** An instance that was frozen, or is cut off, goes on as if nobody had noticed. */
    private static SeededBug actWithoutALease() {
        return SeededBug.ofTasks(
                "start tasks on a doubtful lease",
                "tasks.run.LeaseValidity",
                "return held && time.nanos() - trustedNanos < 0;",
                "return held;");
    }

    /** A killer takes those with it that ran beside it. */
    private static SeededBug blameAllWhoRanInACrash() {
        return new SeededBug(
                Scene.TASKS,
                "blame all who ran in a crash",
                List.of(
                        new Edit("tasks.task.Counters", "return crashes >= SUSPECT;", "return false;"),
                        new Edit(
                                RUNS,
                                "crashes >= Counters.GUILTY && run.suspect() != null && !run.isCancelAsked();",
                                "crashes >= Counters.GUILTY && !run.isCancelAsked();")));
    }

    private static SeededBug claimSuspectsTogether() {
        return new SeededBug(
                Scene.TASKS,
                "run suspects beside each other",
                List.of(
                        new Edit("tasks.run.Suspects", "return !task.isSuspect() || claimed == null;", "return true;"),
                        new Edit(
                                ACTIVE,
                                "return suspects.isFree() ? Math.min(1, free(type)) : 0;",
                                "return free(type);")));
    }

    private static SeededBug burnARetryOnACrash() {
        return SeededBug.ofTasks(
                "burn a retry on a crash",
                "tasks.task.Counters",
                "return new Counters(life, fence, runs, retries, count);",
                "return new Counters(life, fence, runs, retries + 1, count);");
    }

    /** Its worker hands it back, or dies, and it runs again although someone was told that it is being cancelled. */
    private static SeededBug putACancelledTaskBack() {
        return SeededBug.ofTasks(
                "put a task back that is being cancelled",
                RUNS,
                "return task.isCancelAsked() ? Ends.cancelled(attempted, policy, now) : put(attempted, pending, now, failure);",
                "return put(attempted, pending, now, failure);");
    }

    /** Those behind it start while it waits for its retry. */
    private static SeededBug forgetTheOrderKeyAtARetry() {
        return SeededBug.ofTasks(
                "forget the order key at a retry",
                RUNS,
                "return task.with(next).with(Keys.whileWaiting(task.keys()))",
                "return task.with(next).with((Keys) null)");
    }

    private static SeededBug wakeNobodyAtABlockedInsert() {
        return SeededBug.ofTasks(
                "wake nobody when a blocked task is inserted",
                "tasks.task.TaskDocument",
                "order != null && (isBlocked || isOver())",
                "order != null && isOver()");
    }

    private static SeededBug wakeNobodyAtAnEnd() {
        return SeededBug.ofTasks(
                "wake nobody when a task of an order key is over",
                "tasks.task.TaskDocument",
                "order != null && (isBlocked || isOver())",
                "order != null && isBlocked");
    }

    private static SeededBug releaseTheUniqueKeyAtTheStart() {
        return SeededBug.ofTasks(
                "release the unique key when the task starts",
                RUNS,
                ".with(Keys.whileRunning(task.keys()))",
                ".with(task.order() == null ? (Keys) null : Keys.whileRunning(task.keys()))");
    }

    /** The events that are not published yet leave with the next write. */
    private static SeededBug clearTheOutboxEarly() {
        return SeededBug.ofTasks(
                "clear the outbox of a task early",
                "tasks.task.TaskDocument",
                "return new TaskDocument(id, next, spec, state, keys, counters, history, outbox.trimmed(drainedTo));",
                """
                        Outbox cleared = outbox.seq() > 1 ? outbox.trimmed(outbox.seq() - 1) : outbox.trimmed(drainedTo);
                        return new TaskDocument(id, next, spec, state, keys, counters, history, cleared);""");
    }

    /** The count says how many won, not which. */
    private static SeededBug trustTheCountOfABulk() {
        return SeededBug.ofTasks(
                "trust the count of a bulk write of tasks",
                STORE,
                "database.acknowledge(won.keySet(), won.size(), answer)",
                """
                        database.acknowledge(
                                replacements.stream()
                                        .limit(won.size())
                                        .map(TaskDocument::id)
                                        .collect(java.util.stream.Collectors.toSet()),
                                won.size(),
                                answer)""");
    }

    /** One of them won, and both are told so. */
    private static SeededBug twoWritesOfOneTaskInAGroup() {
        return SeededBug.ofTasks(
                "put two writes of one task into a group",
                "tasks.store.GroupedCalls",
                "if (isTooLarge || !keys.add(key.apply(item))) {",
                "if (isTooLarge) {");
    }

    /** A claim that lands later belongs to nobody. */
    private static SeededBug forgetTheDeadSoon() {
        return SeededBug.ofTasks(
                "look for the tasks of a dead worker for a moment only",
                "tasks.upkeep.DeadWorkers",
                "Duration.ofHours(24)",
                "Duration.ofSeconds(15)");
    }

    private static SeededBug leaveEventsOfTheDead() {
        return SeededBug.ofTasks(
                "leave the events of a dead worker unsent",
                "tasks.upkeep.UnsentEvents",
                ".forEach(outbox::send);",
                ".forEach(task -> {});");
    }

    /** A worker elsewhere completes long after its lease what another worker of its subject has. */
    private static SeededBug completeALeaseWithoutItsFence() {
        return SeededBug.ofTasks(
                "complete a lease without its fence",
                "tasks.external.Worker",
                "&& task.counters().fence() == fence",
                "");
    }

    /** The answer was lost, and nobody knows of the first leases, which may be over. */
    private static SeededBug leaseNewTasksAtARepeat() {
        return SeededBug.ofTasks(
                "lease new tasks at a repeat",
                "tasks.external.FirstRequests",
                "boolean isFirst = number == 1;",
                "boolean isFirst = true;");
    }

    /** Its worker has died. */
    private static SeededBug neverTakeALease() {
        return SeededBug.ofTasks(
                "never take a lease that is over",
                "tasks.external.LapsedLeases",
                "return Leases.isLapsed(found, now) ?",
                "return false ?");
    }

    private static SeededBug replaceWhateverTheRevision() {
        return SeededBug.ofTasks(
                "replace a task whatever its revision",
                STORE,
                "present != null && present.rev() == next.rev() - 1 && hasFreeKeys(next, won)",
                "present != null && hasFreeKeys(next, won)");
    }

    /** Every task of before a recount is counted twice after it. */
    private static SeededBug countOnWhatARecountFound() {
        return SeededBug.ofTasks(
                "take nothing from what a recount found",
                "tasks.stats.Recounting",
                "round.found.take(cut.states(), cut.tenants());",
                "");
    }
}
