package io.drawdown.tasks.run;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.tasks.run.Finish.Stop;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.RunHistory;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task in this process: from the claim to the write of its end, which is tried until it stands or the run is
 * lost. Every write of it demands that the task is still this run's: the same owner, the same fence.
 */
final class TaskRun implements Handlers.Listener {

    /** How long a handler may take to stop once it was told to. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(TaskRun.class);
    private static final Duration REPORTS = Duration.ofSeconds(1);
    private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final RunPorts ports;
    private final Owner runs;
    private final String owner;
    private final long fence;
    private final Policy policy;
    private final ResettableTimer timer;
    private final ResettableTimer reports;
    private final List<LogLine> lines = new ArrayList<>();
    private TaskDocument task;
    private Handlers.@Nullable Running handler;
    private Stop stop = Stop.NONE;
    private @Nullable Outcome outcome;
    private @Nullable Progress progress;
    private int failures;
    private int kept;
    private long progressReports;
    private boolean isOurs = true;
    private boolean isUnwritten;
    private boolean isResting;

    /** What the runs of this process are to one of them. */
    interface Owner {

        /** Its handler is over, or was given up: the slot is free. */
        void concluded(TaskRun run);

        /** The end is written, or the run is lost: nothing more comes. */
        void done(TaskRun run);

        /** Whether so many bytes of an outcome may be kept until the database is back. */
        boolean mayKeep(TaskRun run, int bytes);

        /** Its task is so far; whoever watches it may be told. */
        void progressed(TaskProgress progress);
    }

    TaskRun(RunPorts ports, Owner runs, String owner, TaskDocument task) {
        this.ports = ports;
        this.runs = runs;
        this.owner = owner;
        this.task = task;
        this.fence = task.counters().fence();
        this.policy = ports.types().policyOf(task.spec().type());
        this.timer = new ResettableTimer(ports.scheduler());
        this.reports = new ResettableTimer(ports.scheduler());
    }

    /** In a line that names the trace of the request that sent the task. */
    private void tell(Runnable line) {
        CurrentWork.within(task.spec().sender().trace(), line);
    }

    String id() {
        return task.id();
    }

    String type() {
        return task.spec().type();
    }

    String owner() {
        return owner;
    }

    long fence() {
        return fence;
    }

    /** What it takes of the bytes that may run at the same time. */
    int bytes() {
        return bytes(task);
    }

    static int bytes(TaskDocument task) {
        return task.spec().payload().length();
    }

    /** What it keeps until the database is back. */
    int keptBytes() {
        return kept;
    }

    /** Whether its handler is at work. */
    boolean isRunning() {
        return outcome == null;
    }

    void begin() {
        ports.monitor().started(type());
        timer.set(policy.with(task.spec().terms()).timeout(), () -> stop(Stop.TIMEOUT));
        handler = ports.handlers().start(task, this);
        if (task.isCancelAsked()) {
            stop(Stop.CANCEL);
        }
    }

    /** It was claimed and must not start: it goes back at once. */
    void giveBack() {
        stop = Stop.HAND_BACK;
        conclude(new Outcome.Stopped());
    }

    /** Tells the handler to stop; the first reason counts. */
    void stop(Stop why) {
        if (isRunning() && stop == Stop.NONE && handler != null) {
            stop = why;
            handler.cancel();
            timer.set(GRACE, this::abandon);
        }
    }

    private void abandon() {
        if (isRunning() && handler != null) {
            tell(() -> LOG.warnf("Handler did not stop and is abandoned: taskId=%s type=%s", id(), type()));
            handler.abandon();
            ports.monitor().abandoned(type());
            conclude(new Outcome.Stopped());
        }
    }

    @Override
    public void ended(Outcome how) {
        if (isRunning()) {
            conclude(how);
        }
    }

    private void conclude(Outcome how) {
        outcome = how;
        timer.cancel();
        reports.cancel();
        writeEnd(how);
        runs.concluded(this);
    }

    private void writeEnd(Outcome how) {
        change((found, now) -> Finish.of(withReports(found), how, stop, policy, new Moment(now, ports.random())))
                .subscribe()
                .with(stored -> written(), fault -> notWritten(how, fault));
    }

    private TaskDocument withReports(TaskDocument found) {
        return progress == null && lines.isEmpty() ? found : Runs.report(found, progress, lines);
    }

    private void written() {
        if (isOurs) {
            ports.monitor().finished(type());
        } else {
            tell(() -> LOG.infof("Run lost, its outcome is dropped: taskId=%s fence=%d", id(), fence));
            ports.monitor().lost(type());
        }
        runs.done(this);
    }

    private void notWritten(Outcome how, Throwable fault) {
        kept = how instanceof Outcome.Completed(String result) ? result.length() : 0;
        if (!(fault instanceof Unavailable || fault instanceof OutcomeUnknown)) {
            tell(() -> LOG.errorf(fault, "End of a run cannot be written, its outcome is dropped: taskId=%s", id()));
            ports.monitor().lost(type());
            runs.done(this);
            return;
        }
        if (!runs.mayKeep(this, kept)) {
            tell(() -> LOG.warnf("Outcome dropped, the task runs again: taskId=%s fault=%s", id(), fault));
            ports.monitor().dropped(type());
            runs.done(this);
            return;
        }
        if (failures == 0) {
            tell(() -> LOG.warnf("End of a run not written, trying again: taskId=%s fault=%s", id(), fault));
        }
        timer.set(RETRY.delay(failures++, ports.random()), () -> writeEnd(how));
    }

    @Override
    public void reported(@Nullable Progress further, List<LogLine> more) {
        if (!isRunning()) {
            return;
        }
        progress = progress == null ? further : progress.max(further);
        if (further != null) {
            tell(progress == null ? further : progress);
        }
        keep(lines.size(), more);
        isUnwritten = true;
        if (further != null && !isResting) {
            writeReport();
        } else if (!reports.isSet()) {
            reports.set(REPORTS, this::writeReport);
        }
    }

    private void tell(Progress latest) {
        @Nullable Progress stored = task.runHistory().progress();
        Progress shown = stored == null ? latest : stored.max(latest);
        TaskProgress.Labels labels = task.spec().progressLabels();
        Instant now = ports.time().now();
        runs.progressed(new TaskProgress(
                id(), labels, task.counters().life(), fence, ++progressReports, shown.percent(), shown.note(), now));
    }

    private void rested() {
        isResting = false;
        if (isUnwritten) {
            writeReport();
        }
    }

    /** Progress at once, but at most once a second. A report that fails goes with the next one, or with the end. */
    private void writeReport() {
        isUnwritten = false;
        isResting = true;
        reports.set(REPORTS, this::rested);
        Progress further = progress;
        List<LogLine> more = List.copyOf(lines);
        lines.clear();
        change((found, now) -> Runs.report(found, further, more))
                .subscribe()
                .with(stored -> {}, fault -> keep(0, more));
    }

    /** As many lines as a task may have; the oldest go first. */
    private void keep(int index, List<LogLine> more) {
        lines.addAll(index, more);
        lines.subList(0, Math.max(0, lines.size() - RunHistory.MOST_LOG_LINES)).clear();
    }

    @Override
    public Uni<Void> stepDone(String step, String result) {
        return change((found, now) -> Runs.recordStep(found, step, result)).chain(stored -> {
            boolean isKept =
                    isOurs && result.equals(stored.runHistory().doneSteps().get(step));
            return isKept
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(new Unavailable("the run is lost: " + id()));
        });
    }

    /** A change of a task that is this run's. */
    private interface Change {
        TaskDocument of(TaskDocument found, Instant now);
    }

    private Uni<TaskDocument> change(Change change) {
        return ports.writes()
                .change(task, (found, now) -> {
                    isOurs = found.isRun(owner, fence);
                    return isOurs ? change.of(found, now) : null;
                })
                .invoke(stored -> task = stored);
    }
}
