package io.drawdown.billing.api.run;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunState;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.contracts.BatchRunEvent.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run as clients see it.
 *
 * @param id absent: the run was dry and is not kept
 * @param success whether no process has failed so far
 * @param results by the name of the process, in the order of their turns
 * @param timestamp its start
 */
@Schema(name = "BatchRun")
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record RunView(
        Status status,
        @Nullable String id,
        @Nullable String address,
        Trigger trigger,
        @Nullable String by,
        boolean dryRun,
        @Nullable Instant asOf,
        boolean success,
        boolean late,
        int takeovers,
        long budgetSeconds,
        long durationMs,
        Instant timestamp,
        @Nullable Instant endedAt,
        Map<String, ResultView> results) {

    /** Where runs are. */
    static final String RUNS = "/api/v1/batch/runs";

    /** Where a run is, or what became of the wish for one. */
    @Schema(name = "BatchRunStatus")
    public enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("already_running")
        ALREADY_RUNNING,
        @JsonProperty("ended")
        ENDED
    }

    /** Where a process is within a run. */
    @Schema(name = "BatchProcessState")
    public enum State {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("partial")
        PARTIAL,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED;

        static State of(ProcessState state) {
            return switch (state) {
                case ProcessState.Waiting waiting -> WAITING;
                case ProcessState.Running running -> RUNNING;
                case ProcessState.Left left -> RUNNING;
                case ProcessState.Over over -> of(over.ending().state());
            };
        }

        static State of(BatchRunEvent.State state) {
            return switch (state) {
                case COMPLETED -> COMPLETED;
                case PARTIAL -> PARTIAL;
                case FAILED -> FAILED;
                case SKIPPED -> SKIPPED;
            };
        }
    }

    /**
     * What has become of one process, with its figures beside it.
     *
     * @param counts its figures by their names
     */
    @Schema(name = "BatchResult", additionalProperties = Long.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ResultView(
            State state,
            @Nullable String reason,
            @Nullable String error,
            long durationMs,
            @Nullable String cursor,
            @Nullable String progress,
            @JsonIgnore @Schema(hidden = true) Map<String, Long> counts) {

        /** In the same order in every answer. */
        @JsonAnyGetter
        Map<String, Long> figures() {
            return new TreeMap<>(counts);
        }

        static ResultView of(ProcessRun run, Instant now) {
            return switch (run.state()) {
                case ProcessState.Waiting waiting -> open(run, 0);
                case ProcessState.Running running -> open(run, millis(running.since(), now));
                case ProcessState.Left left -> open(run, millis(left.since(), now));
                case ProcessState.Over(var ending, long millis) ->
                    new ResultView(
                            State.of(run.state()),
                            ending.reason(),
                            ending.error(),
                            millis,
                            ending.cursor(),
                            null,
                            run.figures().counts());
            };
        }

        private static ResultView open(ProcessRun run, long millis) {
            return new ResultView(
                    State.of(run.state()),
                    null,
                    null,
                    millis,
                    run.cursor(),
                    run.figures().note(),
                    run.figures().counts());
        }
    }

    static RunView of(RunDocument run, Instant now) {
        return of(run, run.isOver() ? Status.ENDED : Status.RUNNING, now);
    }

    static RunView of(RunDocument run, Status status, Instant now) {
        Map<String, ResultView> results = new LinkedHashMap<>();
        run.processes().forEach(each -> results.put(each.process(), ResultView.of(each, now)));
        boolean isDry = run.order().isDry();
        RunState.@Nullable Ended ended = run.state() instanceof RunState.Ended over ? over : null;
        return new RunView(
                status,
                isDry ? null : run.id(),
                isDry ? null : addressOf(run.id()),
                run.order().trigger(),
                run.order().by(),
                isDry,
                run.order().asOf(),
                results.values().stream().noneMatch(result -> result.state() == State.FAILED),
                run.runner().isLate(),
                run.runner().takeovers(),
                run.order().budgetMillis() / 1000,
                ended == null ? millis(run.startedAt(), now) : ended.durationMillis(),
                run.startedAt(),
                ended == null ? null : ended.endedAt(),
                results);
    }

    static String addressOf(String id) {
        return RUNS + "/" + id;
    }

    private static long millis(Instant from, Instant now) {
        return Math.max(0, Duration.between(from, now).toMillis());
    }
}
