package io.drawdown.tasks.runner;

import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.run.Handlers.Listener;
import io.drawdown.tasks.task.RunHistory;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The steps of a task that are done once: those of earlier attempts, and those of this run. */
final class Steps {

    private final Scheduler core;
    private final Listener listener;
    private final String taskId;
    private final Map<String, String> done;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    Steps(Scheduler core, Listener listener, TaskDocument task) {
        this.core = core;
        this.listener = listener;
        this.taskId = task.id();
        this.done = new ConcurrentHashMap<>(task.runHistory().doneSteps());
    }

    /** See {@link TaskContext#once}. Blocks until the result is kept; another thread waits for the result of the same step. */
    <T> T once(String step, Class<T> type, Function<String, T> effect) {
        synchronized (locks.computeIfAbsent(step, first -> new Object())) {
            return onceAlone(step, type, effect);
        }
    }

    private <T> T onceAlone(String step, Class<T> type, Function<String, T> effect) {
        String known = done.get(step);
        if (known != null) {
            return Json.read(known.getBytes(UTF_8), type);
        }
        if (!step.matches(TaskContext.STEP_FORM)) {
            throw new PermanentFailure("a step has a name of the form " + TaskContext.STEP_FORM);
        }
        if (done.size() >= RunHistory.MOST_STEPS) {
            throw new PermanentFailure("a task has at most " + RunHistory.MOST_STEPS + " steps");
        }
        T result = Objects.requireNonNull(effect.apply(taskId + ":" + step), "a step has a result");
        String json = Json.text(result);
        if (json.getBytes(UTF_8).length > TaskContext.LONGEST_STEP_RESULT) {
            throw new PermanentFailure(
                    "the result of a step is longer than " + TaskContext.LONGEST_STEP_RESULT + " bytes: " + step);
        }
        keep(step, json);
        return result;
    }

    private void keep(String step, String json) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        core.execute(() -> Uni.createFrom()
                .deferred(() -> listener.stepDone(step, json))
                .subscribe()
                .with(kept::complete, kept::completeExceptionally));
        try {
            kept.get();
            done.put(step, json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("interrupted before the result of a step was kept: " + step, e);
        } catch (ExecutionException e) {
            throw new TemporaryFailure("the result of a step was not kept: " + step, e.getCause());
        }
    }
}
