package io.drawdown.sessions.protocol;

import io.drawdown.contracts.ProblemType;
import org.jspecify.annotations.Nullable;

/** A frame from a client. */
public sealed interface ClientFrame {

    record Authenticate(String token) implements ClientFrame {}

    /**
     * @param account whose credits; absent means the caller's own
     * @param nextHash of the token by which the client will come back; absent: the service names that token
     */
    record Start(
            String kind,
            @Nullable String account,
            String startKey,
            @Nullable String nextHash) implements ClientFrame {

        /** The service names the token. */
        public Start(String kind, @Nullable String account, String startKey) {
            this(kind, account, startKey, null);
        }
    }

    /**
     * @param nextHash of the token by which the client will come back the next time
     * @param attempt of this client, one more each time it tries to come back
     */
    record Resume(String sessionId, String resumeToken, String nextHash, long attempt) implements ClientFrame {}

    /**
     * Neither served nor charged until it continues.
     *
     * @param release whether its credits are given back until then
     */
    record Pause(boolean release) implements ClientFrame {

        /** Its credits stay held. */
        public Pause() {
            this(false);
        }
    }

    record Continue() implements ClientFrame {}

    record End() implements ClientFrame {}

    record Ping() implements ClientFrame {}

    /** A frame that could not be read as one of the others. */
    record Unreadable(ProblemType problem, String detail) implements ClientFrame {}

    /** A start or resume that is wrong in itself: it can be told from others, and another socket would not change it. */
    record WrongOpening(String detail) implements ClientFrame {}
}
