package io.drawdown.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What session-service tells its client; {@code docs/asyncapi.yaml} describes every frame. Amounts are credits, exactly.
 * Fields that this version does not know are left out, and a frame that it does not know is {@link Other}.
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
public sealed interface Frame {

    /** As it is on the wire, as far as this version knows it. */
    default JsonNode toJson() {
        return Json.tree(this);
    }

    /** The session is paid for and served from now on. Comes again if its start was sent again. */
    // More than 8 components: flat on the wire.
    record Started(
            String sessionId,
            @Nullable String resumeToken,
            String account,
            String kind,
            Rate rate,
            long epoch,
            long usedMillis,
            long fundedMillis,
            BigDecimal balance,
            BigDecimal available,
            long seq)
            implements Frame {}

    /** The session goes on over a new socket. */
    // More than 8 components: flat on the wire.
    record Resumed(
            String sessionId,
            @Nullable String resumeToken,
            String account,
            String kind,
            Rate rate,
            long epoch,
            long usedMillis,
            long fundedMillis,
            BigDecimal balance,
            BigDecimal available,
            long seq)
            implements Frame {}

    /**
     * The session did not begin, or does not go on. With the problem {@code session-elsewhere} it did begin: the client
     * resumes that session by itself.
     */
    record Refused(
            Problem problem,
            @Nullable BigDecimal creditsRequired,
            @Nullable BigDecimal creditsRemaining,
            @Nullable BigDecimal creditsHeld,
            boolean upgradeRequired,
            @Nullable Long retryAfter,
            @Nullable String sessionId,
            @Nullable Long seq)
            implements Frame {}

    record Balance(
            BigDecimal balance,
            BigDecimal available,
            BigDecimal burnPerSecond,
            long usedMillis,
            long fundedMillis,
            long seq)
            implements Frame {}

    /** The balance fell to that part of what it was after the last top-up. */
    record Warning(int levelPercent, BigDecimal balance, BigDecimal armedBalance, long seq) implements Frame {}

    /** The end is near, for want of credits ({@code exhausted}) or after {@code maximum_duration}. */
    record Ending(
            String reason, long endsInMillis, long fundedMillis, BigDecimal balance, BigDecimal available, long seq)
            implements Frame {}

    /** The session goes on after all. */
    record Extended(long fundedMillis, BigDecimal balance, BigDecimal available, long seq) implements Frame {}

    /** Neither served nor charged, because credits-service is away. The session goes on by itself. */
    record Unfunded(long retryMillis) implements Frame {}

    /**
     * Neither served nor charged, on request or because the media stand still. The session ends after that time, unless it
     * continues.
     */
    record Paused(String by, boolean released, long endsInMillis, long usedMillis, long fundedMillis)
            implements Frame {}

    /** The pause is over. */
    record Continued(long usedMillis, long fundedMillis) implements Frame {}

    /** The instance stops. The client comes back by itself after that many seconds. */
    record Restarting(long retryAfter) implements Frame {}

    /** Another client has the session. */
    record Replaced() implements Frame {}

    /** The session is over. Cost, balance and held are there, and final, if it is settled. */
    record Ended(
            String sessionId,
            String reason,
            long usedMillis,
            boolean settled,
            @Nullable BigDecimal cost,
            @Nullable BigDecimal balance,
            @Nullable BigDecimal held,
            @Nullable Long seq)
            implements Frame {}

    record Error(Problem problem) implements Frame {}

    record Pong() implements Frame {}

    /** A frame of a later version. */
    record Other(String type, JsonNode json) implements Frame {

        @Override
        public JsonNode toJson() {
            return json;
        }
    }

    /** The price of each begun increment. */
    record Rate(BigDecimal price, long incrementMillis) {}

    /** A problem of {@code docs/problems.md}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(String type, String title, @Nullable String detail) {

        private static final String URN = "urn:drawdown:problem:";

        public boolean is(String name) {
            return type.equals(URN + name);
        }
    }
}
