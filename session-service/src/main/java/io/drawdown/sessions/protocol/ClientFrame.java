package io.drawdown.sessions.protocol;

import io.drawdown.contracts.ProblemType;
import org.jspecify.annotations.Nullable;

/** A frame from a client. */
public sealed interface ClientFrame {

    record Authenticate(String token) implements ClientFrame {}

    /** @param account whose credits; absent means the caller's own */
    record Start(String kind, @Nullable String account, String startKey) implements ClientFrame {}

    record Resume(String sessionId, String resumeToken) implements ClientFrame {}

    /** Neither served nor charged until it continues. */
    record Pause() implements ClientFrame {}

    record Continue() implements ClientFrame {}

    record End() implements ClientFrame {}

    record Ping() implements ClientFrame {}

    /** A frame that could not be read as one of the others. */
    record Unreadable(ProblemType problem, String detail) implements ClientFrame {}
}
