package io.drawdown.simulator.sessions;

import io.drawdown.kit.security.SocketToken;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of its way back: the session, its token, the next one that it has named, and its attempts. It goes on
 * to the next token once it hears that it is back; until then it names the same one again.
 */
final class Returns {

    private final String owner;
    private final @Nullable String first;
    private @Nullable String sessionId;
    private @Nullable String token;
    private @Nullable String next;
    private long attempt;
    private long heardAttempt;
    private int named;

    /** @param want half of the starts name their first token; all starts under one key name the same one */
    Returns(String owner, ClientActor.Want want) {
        this.owner = owner;
        boolean names = Math.floorMod(want.startKey().hashCode(), 2) == 0;
        this.first = names ? "first of " + want.account() + " " + want.startKey() : null;
    }

    /** The hash of its first token, if it names that itself. */
    @Nullable
    String firstHash() {
        return first == null ? null : SocketToken.hash(first);
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    @Nullable
    String token() {
        return token;
    }

    boolean isPossible() {
        return sessionId != null && token != null;
    }

    /** Its next attempt; only if it is possible. */
    ClientFrame.Resume resume() {
        if (next == null) {
            next = "token " + ++named + " of " + owner;
        }
        return new ClientFrame.Resume(
                String.valueOf(sessionId), String.valueOf(token), SocketToken.hash(next), ++attempt);
    }

    void started(Frame.Running session) {
        sessionId = session.sessionId();
        if (token == null) {
            token = session.resumeToken() == null ? first : session.resumeToken();
        }
    }

    /** Its start came to be, and another instance has the session: it comes back by the token that it named, if it did. */
    void elsewhere(String id) {
        sessionId = id;
        token = token == null ? first : token;
    }

    /** @param by the attempt that was answered */
    void resumed(Frame.Running session, ClientFrame.@Nullable Resume by) {
        sessionId = session.sessionId();
        if (by != null
                && by.attempt() > heardAttempt
                && next != null
                && SocketToken.hash(next).equals(by.nextHash())) {
            heardAttempt = by.attempt();
            token = next;
            next = null;
        }
    }
}
