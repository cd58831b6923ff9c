package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The internal conversation between the owner of a session and credits-service: {@code POST
 * /api/v1/internal/sessions/{id}/start|start/cancellation|renew|takeover|release}. Every answer of {@link Answer} comes with
 * status 200; what is unavailable is a problem with status 503, never an answer.
 */
public final class Funding {

    private Funding() {}

    /** Asks for the first slice. Key: {@code <sessionId>:start}. */
    public record Start(String accountId, String kind) {}

    /**
     * Gives up a start whose outcome is not known: {@link Outcome#CANCELLED} if it did not happen, and then it never will;
     * else what became of it, {@link Outcome#FUNDED} with the hold or {@link Outcome#ENDED}. Asked again, it says the same.
     */
    public record CancelStart(String accountId) {}

    /** States the total used in this epoch and asks for the next slice. */
    public record Renew(String accountId, long epoch, long usedMillis) {}

    /** Raises the epoch of the hold to {@code epoch}; the proof counts only if it is of the hold's own epoch. */
    public record Takeover(String accountId, long epoch, long proofEpoch, long proofUsedMillis) {}

    /**
     * Settles to the final total and gives back the rest; only for a session whose end is stored. Key: {@code
     * <sessionId>:release}, so that it may be asked again and answers the same.
     *
     * @param epoch of that end; a lower one than the hold's changes nothing
     */
    public record Release(String accountId, long epoch, long usedMillis, EndReason reason) {}

    /** What credits-service decided. */
    public enum Outcome {
        /** Paid for until {@code hold.fundedMillis}. */
        @JsonProperty("funded")
        FUNDED,
        /** Nothing more now, but not all of what is funded is used. */
        @JsonProperty("ending")
        ENDING,
        /** All that was funded is used and not even one increment is available. */
        @JsonProperty("exhausted")
        EXHAUSTED,
        /** The account is suspended: settled, but nothing more. */
        @JsonProperty("suspended")
        SUSPENDED,
        /**
         * Nothing is held for the session, and nothing ever will be: {@code hold} is the last that there was of it, absent
         * if it never had one; {@code account} the money right after the release, however often that is asked.
         */
        @JsonProperty("released")
        RELEASED,
        /** No such hold (any more). */
        @JsonProperty("ended")
        ENDED,
        /** The hold has a greater epoch: another owner took over. */
        @JsonProperty("stale")
        STALE,
        /** A start that was refused: {@code problem} and {@code creditsRequired} say why. */
        @JsonProperty("refused")
        REFUSED,
        /** A start was given up before it happened: there is no hold, and a start that comes later is answered {@link #ENDED}. */
        @JsonProperty("cancelled")
        CANCELLED
    }

    /** The answer, true at some moment between request and answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(
            Outcome outcome,
            @Nullable AccountView account,
            @Nullable HoldView hold,
            @Nullable ProblemType problem,
            @Nullable Credits creditsRequired) {}
}
