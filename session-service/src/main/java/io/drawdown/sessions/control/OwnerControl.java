package io.drawdown.sessions.control;

import io.drawdown.contracts.SessionControl;
import io.drawdown.sessions.live.LiveSession;
import io.drawdown.sessions.live.LiveSessions;
import io.drawdown.sessions.protocol.PauseCause;
import io.drawdown.sessions.protocol.PauseWish;
import java.util.List;
import java.util.function.Supplier;

/** Does what another instance wants of the sessions that are owned here. A record means nothing
 * for another owner or epoch, nor, but for an end, once the session has changed since it was sent. */
public final class OwnerControl {

    private final LiveSessions live;
    private final Supplier<String> incarnation;
    private final Runnable endWanted;

    /** @param endWanted ends the sessions here whose documents say that they should */
    public OwnerControl(LiveSessions live, Supplier<String> incarnation, Runnable endWanted) {
        this.live = live;
        this.incarnation = incarnation;
        this.endWanted = endWanted;
    }

    public void handle(List<SessionControl> controls) {
        boolean isEndWanted = false;
        for (SessionControl control : controls) {
            LiveSession session = live.get(control.sessionId());
            if (session != null && isMeant(control, session)) {
                switch (control.type()) {
                    case HAND_OVER -> session.handOver(null);
                    case END -> isEndWanted = true;
                    case PAUSE -> session.pause(PauseCause.REQUEST, PauseWish.PAUSE);
                    case RELEASE -> session.pause(PauseCause.REQUEST, PauseWish.RELEASE);
                    case RESUME -> session.pause(PauseCause.REQUEST, PauseWish.GO_ON);
                }
            }
        }
        if (isEndWanted) {
            endWanted.run();
        }
    }

    private boolean isMeant(SessionControl control, LiveSession session) {
        return control.owner().equals(incarnation.get())
                && control.epoch() == session.epoch()
                && (control.type() == SessionControl.Type.END
                        || session.document().rev() <= control.rev());
    }
}
