package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of a task have left. All of it is bounded; the oldest attempts and log lines go first.
 *
 * @param steps the results of its steps that were done once and for all, by name
 * @param log what its handler wanted to be kept
 */
public record RunHistory(
        @Nullable List<Attempt> attempts,
        @Nullable Map<String, String> steps,
        @Nullable List<LogLine> log,
        @Nullable Progress progress) {

    public static final int MOST_ATTEMPTS = 20;
    public static final int MOST_STEPS = 32;
    public static final int MOST_LOG_LINES = 50;

    static final RunHistory NONE = new RunHistory(null, null, null, null);

    /** @param attempt which attempt wrote it, from 1 on */
    public record LogLine(Instant at, int attempt, String text) {}

    /**
     * How far a task is.
     *
     * @param percent 0 to 100; it never falls within a life
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(int percent, @Nullable String note) {

        /** This one, or the other if it is further. A new note counts at the same percentage, too. */
        public Progress max(@Nullable Progress other) {
            return other != null && other.percent >= percent ? other : this;
        }
    }

    public List<Attempt> pastAttempts() {
        return attempts == null ? List.of() : attempts;
    }

    public Map<String, String> doneSteps() {
        return steps == null ? Map.of() : steps;
    }

    public List<LogLine> logged() {
        return log == null ? List.of() : log;
    }

    RunHistory with(Attempt attempt) {
        return new RunHistory(last(pastAttempts(), List.of(attempt), MOST_ATTEMPTS), steps, log, progress);
    }

    /** With that attempt as one that was handed back. */
    RunHistory handedBack(int index) {
        List<Attempt> all = new ArrayList<>(pastAttempts());
        Attempt given = all.get(index);
        TaskFailure why = TaskFailure.of(Reason.HANDED_BACK);
        all.set(index, new Attempt(given.startedAt(), given.endedAt(), given.worker(), why));
        return new RunHistory(List.copyOf(all), steps, log, progress);
    }

    RunHistory with(@Nullable Progress further, List<LogLine> lines) {
        List<LogLine> kept = last(logged(), lines, MOST_LOG_LINES);
        return new RunHistory(
                attempts, steps, kept.isEmpty() ? null : kept, progress == null ? further : progress.max(further));
    }

    /** @throws IllegalStateException if it has as many steps as it may have */
    RunHistory with(String step, String result) {
        Map<String, String> more = new LinkedHashMap<>(doneSteps());
        more.put(step, result);
        if (more.size() > MOST_STEPS) {
            throw new IllegalStateException("a task has at most " + MOST_STEPS + " steps");
        }
        return new RunHistory(attempts, more, log, progress);
    }

    /** At the beginning of the next life: what was is kept, but for the progress and the steps. */
    RunHistory anew() {
        return new RunHistory(attempts, null, log, null);
    }

    private static <T> List<T> last(List<T> before, List<T> more, int most) {
        List<T> all = Stream.concat(before.stream(), more.stream()).toList();
        return all.size() <= most ? all : List.copyOf(all.subList(all.size() - most, all.size()));
    }
}
