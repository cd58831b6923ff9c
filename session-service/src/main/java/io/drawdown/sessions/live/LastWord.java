package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.protocol.Frame;
import java.time.Duration;

/** What the client of a session hears last from this owner. */
record LastWord(Frame frame, EndReason reason) {

    /** Another owner has it. */
    static final LastWord REPLACED = new LastWord(new Frame.Replaced(), EndReason.REPLACED);

    /** This incarnation may not write any more. */
    static final LastWord FENCED = new LastWord(new Frame.Restarting(1), EndReason.RESTARTING);

    /** Its last write is done, or another's. */
    static LastWord of(SessionDocument stored, Phase phase) {
        if (stored.state() instanceof Ended ended) {
            return new LastWord(Frame.Ended.of(stored.id(), ended), ended.reason());
        }
        return phase instanceof Phase.Leaving(Duration retryAfter) && retryAfter != null
                ? new LastWord(new Frame.Restarting(retryAfter.toSeconds()), EndReason.RESTARTING)
                : REPLACED;
    }
}
