package io.drawdown.sessions.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a session is paused. It goes on when no cause is left. */
public enum PauseCause {
    /** Its client, its gateway or an operator wanted it; any of them may end it. Only this cause outlives its owner. */
    @JsonProperty("request")
    REQUEST,
    /** What is served stands still. */
    @JsonProperty("media")
    MEDIA
}
