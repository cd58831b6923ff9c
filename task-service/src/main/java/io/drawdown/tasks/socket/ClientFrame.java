package io.drawdown.tasks.socket;

import io.drawdown.contracts.ProblemType;
import io.drawdown.tasks.live.Interest;

/** A frame from a client. */
sealed interface ClientFrame {

    record Authenticate(String token) implements ClientFrame {}

    record Subscribe(Interest interest) implements ClientFrame {}

    record Unsubscribe(Interest interest) implements ClientFrame {}

    record Ping() implements ClientFrame {}

    /** A frame that could not be read as one of the others. */
    record Unreadable(ProblemType problem, String detail) implements ClientFrame {}
}
