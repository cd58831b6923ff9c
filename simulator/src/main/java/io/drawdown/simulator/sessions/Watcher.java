package io.drawdown.simulator.sessions;

import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Granting;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.world.Process;
import org.jspecify.annotations.Nullable;

/** Hears what session-service and its clients do, as it happens. Times are nanoseconds of the true virtual time. */
public interface Watcher {

    /** A majority has this document now. */
    default void committed(SessionDocument document) {}

    /** From now on the process serves the session, or does not. */
    default void media(String sessionId, Process process, boolean isOn) {}

    /** A client has this frame now. */
    default void delivered(Delivery delivery) {}

    /** The owner of a session has this answer of credits-service now. */
    default void answered(Answered answered) {}

    /** An instance has heard this of an account. */
    default void standing(String accountId, Granting.StandingStatus status) {}

    /** A client has sent this start. */
    default void asked(Asked start) {}

    /** A client has sent a resume of this session. */
    default void asksToResume(String sessionId) {}

    /** A call of that process about that session had no answer. */
    default void unanswered(Process process, String sessionId, boolean isDoubled) {}

    /** A gateway states that total. */
    default void stated(String sessionId, long usedMillis) {}

    /** A gateway has heard that this total counts. */
    default void acknowledged(String sessionId, long usedMillis) {}

    /** A process tells credits-service that total. */
    default void toldCredits(String sessionId, long usedMillis) {}

    /** The owner of a session begins to tell credits-service what it gives back. */
    default void givesBack(String sessionId, Funding.GiveBack given) {}

    /** This session was shown over HTTP. */
    default void shown(SessionView view, long askedNanos, long answeredNanos) {}

    /**
     * A frame that came to its client.
     *
     * @param process whose core sent it
     * @param asked the latest start that the client sent over that socket
     * @param returning the latest attempt to come back that the client sent over that socket
     */
    record Delivery(
            ClientActor client,
            Process process,
            Frame frame,
            @Nullable Asked asked,
            ClientFrame.@Nullable Resume returning,
            long sentNanos,
            long receivedNanos) {}

    /** A start that a client sent, and when. */
    record Asked(String sessionId, long nanos) {}

    /** @param epoch that the owner stated; a start states none */
    record Answered(
            Process owner, String sessionId, long epoch, Funding.Answer answer, long askedNanos, long heardNanos) {}
}
