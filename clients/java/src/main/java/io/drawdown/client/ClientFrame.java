package io.drawdown.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What a client tells session-service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Start.class, name = "start"),
    @JsonSubTypes.Type(value = ClientFrame.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = ClientFrame.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = ClientFrame.Continue.class, name = "continue"),
    @JsonSubTypes.Type(value = ClientFrame.End.class, name = "end"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface ClientFrame {

    /** @param nextHash of the token by which the client will come back */
    record Start(String kind, @Nullable String account, String startKey, String nextHash) implements ClientFrame {}

    /** @param attempt one more each time */
    record Resume(String sessionId, String resumeToken, String nextHash, long attempt) implements ClientFrame {}

    /** @param release whether the credits that it does not use are given back */
    record Pause(boolean release) implements ClientFrame {}

    record Continue() implements ClientFrame {}

    record End() implements ClientFrame {}

    record Ping() implements ClientFrame {}
}
