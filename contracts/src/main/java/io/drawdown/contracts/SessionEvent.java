package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a session; the data of every event on {@link Topic#SESSION_LIFECYCLE}. Event id: {@code
 * <sessionId>:<seq>}.
 *
 * @param usedMillis the owner's exact total, final when {@link Type#ENDED}
 * @param reason why it ended, for {@link Type#ENDED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record SessionEvent(
        Type type,
        String sessionId,
        long seq,
        String accountId,
        String kind,
        long epoch,
        long usedMillis,
        Instant at,
        @Nullable EndReason reason) {

    public String id() {
        return sessionId + ":" + seq;
    }

    /** The step. */
    public enum Type {
        @JsonProperty("started")
        STARTED("io.drawdown.session.started.v1"),
        /** Neither served nor charged from that total on, until it is resumed. */
        @JsonProperty("paused")
        PAUSED("io.drawdown.session.paused.v1"),
        @JsonProperty("resumed")
        RESUMED("io.drawdown.session.resumed.v1"),
        @JsonProperty("ended")
        ENDED("io.drawdown.session.ended.v1");

        private final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }

        public String eventType() {
            return eventType;
        }
    }
}
