package io.drawdown.simulator.sessions;

import io.drawdown.contracts.Funding;
import io.drawdown.sessions.sessions.Frame;
import io.drawdown.sessions.sessions.SessionDocument;
import io.drawdown.sessions.sessions.SessionView;
import io.drawdown.simulator.world.Process;

/** Who is told what session-service and its clients do, as it happens; moments are true virtual nanoseconds. */
public interface Watcher {

    /** A majority has this document now. */
    default void committed(SessionDocument document) {}

    /** From now on the process serves the session, or does not. */
    default void media(String sessionId, Process process, boolean isOn) {}

    /** A client has this frame now. */
    default void delivered(Delivery delivery) {}

    /** The owner of a session has this answer of credits-service now. */
    default void answered(Answered answered) {}

    /** Somebody was shown this session. */
    default void shown(SessionView view, long askedNanos, long answeredNanos) {}

    /**
     * A frame that came to its client.
     *
     * @param process whose core said it
     * @param askedNanos when the client sent its latest start over that socket; negative if it never did
     */
    record Delivery(
            ClientActor client, Process process, Frame frame, long askedNanos, long sentNanos, long receivedNanos) {}

    /** @param epoch which the owner stated; a start states none */
    record Answered(
            Process owner, String sessionId, long epoch, Funding.Answer answer, long askedNanos, long heardNanos) {}
}
