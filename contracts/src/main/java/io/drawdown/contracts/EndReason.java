package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** Why a session or its socket ended, and the close code that a socket gets for it. {@code docs/problems.md} lists all. */
public enum EndReason {
    /** The client or its gateway ended it. */
    @JsonProperty("user")
    USER(1000),
    /** An operator ended it. */
    @JsonProperty("operator")
    OPERATOR(1000),
    /** credits-service answered that the funded time is used up and that no credits are available. */
    @JsonProperty("exhausted")
    EXHAUSTED(4003),
    /** The start was refused for want of credits. */
    @JsonProperty("insufficient")
    INSUFFICIENT(4003),
    /** The account is suspended. */
    @JsonProperty("suspended")
    SUSPENDED(4004),
    /**
     * A session: at its limit, credits-service gave no answer for {@code drawdown.session.unfunded-at-most}. Nothing beyond
     * the limit was served or charged. A socket without a session: the start or resume cannot be done now; the frame {@code
     * refused} says whether the start may have begun, and the same start key may be sent again.
     */
    @JsonProperty("unavailable")
    UNAVAILABLE(1013),
    /** The instance stops or lost its lease; start or resume again. */
    @JsonProperty("restarting")
    RESTARTING(1012),
    /** The client went away and did not come back within the grace period, or its gateway fell silent. */
    @JsonProperty("disconnected")
    DISCONNECTED(4008),
    /**
     * The owner died or lost its lease, and another process ended the session at the greatest total that is proved:
     * what the owner's heartbeats stated or, if greater, what is settled. What was served after that is not charged. Also:
     * credits-service has no hold of a session that is served, so its owner ended it.
     */
    @JsonProperty("owner_lost")
    OWNER_LOST(1012),
    /** The socket had no session for too long. */
    @JsonProperty("idle")
    IDLE(4008),
    /** The session lasted as long as a session may. */
    @JsonProperty("maximum_duration")
    MAXIMUM_DURATION(4008),
    /** The session was paused for longer than a pause may last. */
    @JsonProperty("paused_too_long")
    PAUSED_TOO_LONG(4008),
    /** The client does not read what is sent to it. */
    @JsonProperty("too_slow")
    TOO_SLOW(4008),
    /** The client broke the protocol. */
    @JsonProperty("policy")
    POLICY(4008),
    /** No valid token came in time, or it had expired when the client asked for a session. */
    @JsonProperty("unauthenticated")
    UNAUTHENTICATED(4001),
    /** Another socket or another owner has the session; {@code GET /sessions/{id}} tells what becomes of it. */
    @JsonProperty("replaced")
    REPLACED(4009),
    /** A frame is larger than the service reads. */
    @JsonProperty("too_big")
    TOO_BIG(1009),
    /** Too many frames, connections, holds or sessions. */
    @JsonProperty("rate_limited")
    RATE_LIMITED(4029),
    /** The start never succeeded; nothing was used. */
    @JsonProperty("abandoned")
    ABANDONED(4008);

    private final int closeCode;

    EndReason(int closeCode) {
        this.closeCode = closeCode;
    }

    /** Whether somebody asked for the end. */
    public static boolean isAskedFor(@Nullable EndReason reason) {
        return reason == USER || reason == OPERATOR;
    }

    public int closeCode() {
        return closeCode;
    }
}
