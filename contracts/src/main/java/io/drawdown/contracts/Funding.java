package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The internal calls of a session's owner to credits-service:
 * {@code POST /api/v1/internal/sessions/{id}/start|start/cancellation|renew|give-back|takeover|release}. Every answer of
 * {@link Answer} comes with status 200; if credits-service is unavailable, it answers with a problem of status 503 instead.
 */
public final class Funding {

    private Funding() {}

    /** Asks for the first slice. Key: {@code <sessionId>:start}. */
    public record Start(String accountId, String kind) {}

    /**
     * Gives up a start whose outcome is not known: {@link Outcome#CANCELLED} if it did not happen, and then it never will;
     * otherwise its outcome, {@link Outcome#FUNDED} with the hold or {@link Outcome#NO_HOLD}. A repeated request gets the
     * same answer.
     */
    public record CancelStart(String accountId) {}

    /** States the total used in this epoch and asks for the next slice. */
    public record Renew(String accountId, long epoch, long usedMillis) {}

    /**
     * Gives back what is funded beyond {@code fundedMillis}, after the owner has lowered its own limit to it. It has an effect
     * only at {@code hold.cut} = {@code cut} − 1, and the same request again has none, so it may be repeated. The answer is
     * {@link Outcome#FUNDED} with the hold as it is then; {@code hold.cut} below {@code cut} means that it was not applied.
     *
     * @param cut the next cut of the hold, as its owner counts
     * @param usedMillis the total that is used so far in this epoch
     * @param fundedMillis up to which the owner still serves; at least {@code usedMillis}
     */
    public record GiveBack(String accountId, long epoch, long cut, long usedMillis, long fundedMillis) {}

    /** Raises the epoch of the hold to {@code epoch}; the proof counts only if it is of the hold's own epoch. */
    public record Takeover(String accountId, long epoch, long proofEpoch, long proofUsedMillis) {}

    /**
     * Settles to the final total and gives back the rest; only for a session whose end is stored. Key: {@code
     * <sessionId>:release}, so that a repeated request gets the same answer.
     *
     * @param epoch of that end; a lower epoch than the hold's changes nothing
     */
    public record Release(String accountId, long epoch, long usedMillis, EndReason reason) {}

    /** What credits-service decided. */
    public enum Outcome {
        /** Paid for until {@code hold.fundedMillis}. */
        @JsonProperty("funded")
        FUNDED,
        /** No more credits now, but the funded time is not used up. */
        @JsonProperty("ending")
        ENDING,
        /** The funded time is used up, and not even one increment is available. */
        @JsonProperty("exhausted")
        EXHAUSTED,
        /** The account is suspended: the usage is settled, and no more is funded. */
        @JsonProperty("suspended")
        SUSPENDED,
        /**
         * Nothing is held for the session, and nothing ever will be. {@code hold} is its last hold, absent if it never had
         * one; {@code account} is the money right after the release, also on a repeated request.
         */
        @JsonProperty("released")
        RELEASED,
        /** The session has no hold: it never had one, or its hold was released. */
        @JsonProperty("no_hold")
        NO_HOLD,
        /** The hold has a greater epoch: another owner took over. */
        @JsonProperty("stale")
        STALE,
        /** The start was refused: {@code problem} and {@code creditsRequired} say why. */
        @JsonProperty("refused")
        REFUSED,
        /** The start was cancelled before it happened: there is no hold, and a later start is answered {@link #NO_HOLD}. */
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
