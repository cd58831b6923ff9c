package io.drawdown.sessions.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.SocketFrame;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * What the service tells a client. On the wire: a JSON object in snake_case with the field {@code type}. A frame that
 * names money carries the {@code seq} of the account's ledger row that it agrees with.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Frame.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Frame.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Frame.Balance.class, name = "balance"),
    @JsonSubTypes.Type(value = Frame.Warning.class, name = "warning"),
    @JsonSubTypes.Type(value = Frame.Ending.class, name = "ending"),
    @JsonSubTypes.Type(value = Frame.Extended.class, name = "extended"),
    @JsonSubTypes.Type(value = Frame.Unfunded.class, name = "unfunded"),
    @JsonSubTypes.Type(value = Frame.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = Frame.Continued.class, name = "continued"),
    @JsonSubTypes.Type(value = Frame.Restarting.class, name = "restarting"),
    @JsonSubTypes.Type(value = Frame.Replaced.class, name = "replaced"),
    @JsonSubTypes.Type(value = Frame.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Frame.Error.class, name = "error"),
    @JsonSubTypes.Type(value = Frame.Pong.class, name = "pong")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Frame extends SocketFrame {

    /** The session is paid for and served from now on. */
    record Started(@JsonUnwrapped Running session) implements Frame {}

    /** The session goes on over this socket. */
    record Resumed(@JsonUnwrapped Running session) implements Frame {}

    /**
     * The session did not begin.
     *
     * @param creditsHeld what live sessions hold and have not spent
     * @param upgradeRequired whether credits are missing, even if all that live sessions hold came back
     * @param retryAfter in how many seconds it may be tried again, over a new socket
     * @param sessionId of a session that runs elsewhere: its client resumes it
     */
    record Refused(
            FrameProblem problem,
            @Nullable Credits creditsRequired,
            @Nullable Credits creditsRemaining,
            @Nullable Credits creditsHeld,
            boolean upgradeRequired,
            @Nullable Long retryAfter,
            @Nullable String sessionId,
            @Nullable Long seq)
            implements Frame {}

    record Balance(
            Credits balance, Credits available, Credits burnPerSecond, long usedMillis, long fundedMillis, long seq)
            implements Frame {}

    /** The balance fell to {@code levelPercent} of what it was after the last top-up. */
    record Warning(int levelPercent, Credits balance, Credits armedBalance, long seq) implements Frame {}

    /**
     * The end is near. {@code exhausted}: nothing more is available, so without a top-up the session ends after that time
     * of service. {@code maximum_duration}: the session has lasted nearly as long as a session may.
     */
    record Ending(EndReason reason, long endsInMillis, long fundedMillis, Credits balance, Credits available, long seq)
            implements Frame {

        @Override
        public Object slot() {
            return reason;
        }
    }

    /** The session goes on after all. */
    record Extended(long fundedMillis, Credits balance, Credits available, long seq) implements Frame {}

    /** At its limit while credits-service is away: neither served nor charged. It goes on by itself. */
    record Unfunded(long retryMillis) implements Frame {}

    /**
     * Neither served nor charged from that total on.
     *
     * @param released whether what it holds and does not use is given back; else its credits stay held
     * @param endsInMillis after that time it ends, unless it goes on
     */
    record Paused(PauseCause by, boolean released, long endsInMillis, long usedMillis, long fundedMillis)
            implements Frame {}

    /** The pause is over: served and charged again. */
    record Continued(long usedMillis, long fundedMillis) implements Frame {}

    record Restarting(long retryAfter) implements Frame {}

    record Replaced() implements Frame {}

    /**
     * The session is over.
     *
     * @param settled whether its cost is known: then {@code cost}, {@code balance} and {@code held} are there and final
     * @param held what other live sessions of the account hold
     */
    record Ended(
            String sessionId,
            EndReason reason,
            long usedMillis,
            boolean settled,
            @Nullable Credits cost,
            @Nullable Credits balance,
            @Nullable Credits held,
            @Nullable Long seq)
            implements Frame {

        public static Ended of(String sessionId, SessionState.Ended end) {
            Bill bill = end.bill();
            return bill == null
                    ? new Ended(sessionId, end.reason(), end.usedMillis(), false, null, null, null, null)
                    : new Ended(
                            sessionId,
                            end.reason(),
                            end.usedMillis(),
                            true,
                            bill.cost(),
                            bill.balance(),
                            bill.held(),
                            bill.seq());
        }
    }

    record Error(FrameProblem problem) implements Frame {}

    record Pong() implements Frame {}

    /**
     * A session as its client meets it; the fields of its frame.
     *
     * @param resumeToken by which the client may come back, if the service named it
     */
    // More than 8 components: flat on the wire.
    record Running(
            String sessionId,
            @Nullable String resumeToken,
            String account,
            String kind,
            Rate rate,
            long epoch,
            long usedMillis,
            long fundedMillis,
            Credits balance,
            Credits available,
            long seq) {}

    /** {@code price} for each begun increment. */
    record Rate(Credits price, long incrementMillis) {
        public static Rate of(io.drawdown.contracts.Rate rate) {
            return new Rate(rate.price(), rate.incrementMillis());
        }
    }
}
