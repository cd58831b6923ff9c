package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of batch processes is over; the data of every event on {@link Topic#BILLING_RUN}. Event id: {@code <runId>:<seq>}.
 *
 * @param success whether no process failed
 * @param late whether it took longer than runs should
 * @param takeovers how often another instance went on with it
 * @param results in the order in which the processes ran
 */
// More than 8 components: flat on the wire.
public record BatchRunEvent(
        String runId,
        long seq,
        Trigger trigger,
        boolean success,
        boolean late,
        int takeovers,
        Instant startedAt,
        Instant endedAt,
        List<ProcessResult> results) {

    public static final String EVENT_TYPE = "io.drawdown.billing.run-ended.v1";

    public String id() {
        return runId + ":" + seq;
    }

    /** What began the run. */
    public enum Trigger {
        /** A request for the worker's endpoint. */
        @JsonProperty("worker")
        WORKER,
        /** The schedule of a process. */
        @JsonProperty("schedule")
        SCHEDULE,
        /** A person, or another service, for one process. */
        @JsonProperty("operator")
        OPERATOR
    }

    /** How a process came out of the run. */
    public enum State {
        /** Nothing is left. */
        @JsonProperty("completed")
        COMPLETED,
        /** There is more; the next run goes on. */
        @JsonProperty("partial")
        PARTIAL,
        @JsonProperty("failed")
        FAILED,
        /** It was not begun, or had nothing to do it with. */
        @JsonProperty("skipped")
        SKIPPED
    }

    /**
     * What became of one process.
     *
     * @param reason why it was skipped or failed, in a word; else absent
     * @param counts its figures by their names
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProcessResult(
            String process, State state, @Nullable String reason, long durationMillis, Map<String, Long> counts) {}
}
