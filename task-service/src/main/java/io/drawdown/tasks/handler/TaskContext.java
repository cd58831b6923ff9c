package io.drawdown.tasks.handler;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a handler knows of its task and can do while it runs. Any thread may use it. */
public interface TaskContext {

    /** The longest result of a step, in bytes of JSON. */
    int LONGEST_STEP_RESULT = 8 * 1024;

    /** The name of a step. */
    String STEP_FORM = "[A-Za-z0-9_-]{1,64}";

    String taskId();

    /** Which attempt this is, from 1 on. */
    int attempt();

    /** Which life of the task this is: 1, and one more each time that someone replays it. Attempts count anew in each. */
    int life();

    /** When the task was sent. */
    Instant sentAt();

    /** When this attempt is stopped if it is not over. */
    Instant deadline();

    /**
     * Says how far the task is. It is shown, and written at most once a second; the greatest value counts.
     *
     * @param percent 0 to 100
     * @param note a few words about it, or null
     */
    void progress(int percent, @Nullable String note);

    /** Keeps a line that people see with the task: the last 50 of them, up to 500 characters each. */
    void log(String line);

    /** Whether the handler should stop: someone cancelled the task, its time is over, or this process stops. */
    boolean isCancelled();

    /**
     * Runs the action once the handler should stop, on another thread; at once if it should already. A handler that has not
     * stopped 10 s later is interrupted and abandoned.
     */
    void onCancel(Runnable action);

    /**
     * Does a step whose effect must not be repeated, such as a call of another system, and remembers its result, so that a
     * later attempt gets the result and does not repeat the step. The effect gets a key, the same in every attempt: the
     * receiver should do nothing for a key that it has seen. If the process dies between the effect and the write of its
     * result, the effect is repeated with the same key; so it happens exactly once only at a receiver that honours the key.
     *
     * @param step its name within the task ({@link #STEP_FORM}); a task has at most 32 steps
     * @param type of the result, which is at most {@link #LONGEST_STEP_RESULT} as JSON
     * @param effect does the step with that key, {@code <task>:<step>}
     * @return the result, once it is kept; never null
     * @throws PermanentFailure if the step has another name or a longer result than it may have
     * @throws TemporaryFailure if the result was not kept; the handler should not go on
     */
    <T> T once(String step, Class<T> type, Function<String, T> effect);

    /** The same for a step without a result. */
    default void once(String step, Consumer<String> effect) {
        once(step, Boolean.class, key -> {
            effect.accept(key);
            return true;
        });
    }
}
