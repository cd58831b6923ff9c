package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why an attempt did not complete its task, or why the task was never attempted. */
public enum Reason {
    /** The handler failed with {@code TemporaryFailure}, or with an exception that says nothing about a retry. */
    @JsonProperty("temporary")
    TEMPORARY,
    /** The handler failed with {@code PermanentFailure}: another attempt would fail too. */
    @JsonProperty("permanent")
    PERMANENT,
    /** The attempt took longer than it may. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** Someone cancelled the task while it ran. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** The process of the attempt died, or was given up for dead. */
    @JsonProperty("crashed")
    CRASHED,
    /** The worker gave the task back unfinished: it stops, or is not sure of its lease. */
    @JsonProperty("handed-back")
    HANDED_BACK,
    /** The task was not started before its deadline. */
    @JsonProperty("expired")
    EXPIRED;

    /** As it is on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
