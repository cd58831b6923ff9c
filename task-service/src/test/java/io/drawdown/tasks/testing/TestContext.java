package io.drawdown.tasks.testing;

import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.task.RunHistory.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a handler sees of a task in its own test, without a server. It remembers steps as the service does, so a second attempt
 * is {@code handler.handle(payload, context.nextAttempt())}.
 */
public final class TestContext implements TaskContext {

    private static final Instant SENT_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:10:00Z");

    private final int attempt;
    private final Map<String, Object> steps;
    private final List<Progress> progress = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> hooks = new ArrayList<>();
    private boolean isCancelled;

    /** The first attempt. */
    public TestContext() {
        this(1, new LinkedHashMap<>());
    }

    private TestContext(int attempt, Map<String, Object> steps) {
        this.attempt = attempt;
        this.steps = steps;
    }

    /** The attempt after this one; it knows the steps of this one. */
    public TestContext nextAttempt() {
        return new TestContext(attempt + 1, steps);
    }

    /** Tells the handler to stop. */
    public void cancel() {
        isCancelled = true;
        hooks.forEach(Runnable::run);
        hooks.clear();
    }

    /** What the handler said about how far it is. */
    public List<Progress> progress() {
        return List.copyOf(progress);
    }

    /** What the handler wanted to be kept. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The results of the steps that are done, by name. */
    public Map<String, Object> steps() {
        return Map.copyOf(steps);
    }

    @Override
    public String taskId() {
        return "tsk_00000000000000000000000000";
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public int life() {
        return 1;
    }

    @Override
    public Instant sentAt() {
        return SENT_AT;
    }

    @Override
    public Instant deadline() {
        return DEADLINE;
    }

    @Override
    public void progress(int percent, @Nullable String note) {
        progress.add(new Progress(percent, note));
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    @Override
    public boolean isCancelled() {
        return isCancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        if (isCancelled) {
            action.run();
        } else {
            hooks.add(action);
        }
    }

    @Override
    public <T> T once(String step, Class<T> type, Function<String, T> effect) {
        return type.cast(steps.computeIfAbsent(step, name -> effect.apply(taskId() + ":" + name)));
    }
}
