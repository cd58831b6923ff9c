package io.drawdown.tasks.runner;

import io.drawdown.kit.time.Time;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What one run of a handler may ask and say. */
final class RunContext implements TaskContext {

    private static final Logger LOG = Logger.getLogger(RunContext.class);
    private static final int LONGEST_TEXT = 500;
    private static final int WHOLE = 100;

    private final TaskDocument task;
    private final Instant deadline;
    private final Time time;
    private final Reports reports;
    private final Steps steps;
    private final List<Runnable> hooks = new ArrayList<>();
    private boolean isCancelled;

    RunContext(TaskDocument task, Instant deadline, Time time, Reports reports, Steps steps) {
        this.task = task;
        this.deadline = deadline;
        this.time = time;
        this.reports = reports;
        this.steps = steps;
    }

    @Override
    public String taskId() {
        return task.id();
    }

    @Override
    public int attempt() {
        return task.counters().runs();
    }

    @Override
    public int life() {
        return task.counters().life();
    }

    @Override
    public Instant sentAt() {
        return task.spec().sender().createdAt();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public void progress(int percent, @Nullable String note) {
        reports.progressed(new Progress(Math.clamp(percent, 0, WHOLE), note == null ? null : shortened(note)));
    }

    @Override
    public void log(String line) {
        reports.logged(new LogLine(time.now(), attempt(), shortened(line)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    @Override
    public synchronized boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!isCancelled) {
                hooks.add(action);
                return;
            }
        }
        start(List.of(action));
    }

    /** Tells the handler to stop. Returns at once. */
    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            isCancelled = true;
            actions = List.copyOf(hooks);
            hooks.clear();
        }
        start(actions);
    }

    /** The actions are the handler's, and may block. */
    private void start(List<Runnable> actions) {
        if (!actions.isEmpty()) {
            Thread.ofVirtual().name(taskId() + " cancel").start(() -> actions.forEach(this::run));
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            LOG.warnf(fault, "Action of a cancelled task failed: taskId=%s", taskId());
        }
    }

    @Override
    public <T> T once(String step, Class<T> type, Function<String, T> effect) {
        return steps.once(step, type, effect);
    }
}
