package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.SeededBug;
import java.util.List;

/** Bugs of the pause of a session. */
final class PauseBugs {

    private static final String LIVE_SESSION = "sessions.live.LiveSession";
    private static final String PAUSES = "sessions.live.Pauses";

    private PauseBugs() {}

    static List<SeededBug> all() {
        return List.of(serveOn(), goOnBeforeItIsStored(), pauseForEver(), keepWhatIsReleased());
    }

    /** The document says paused, and so does the frame, but the media run and the meter counts. */
    private static SeededBug serveOn() {
        return SeededBug.of(
                "go on serving a paused session",
                LIVE_SESSION,
                "case Phase.Stalled _, Away _, Paused _ -> control.pause();",
                "case Phase.Stalled _, Away _ -> control.pause(); case Paused _ -> {}");
    }

    /** If the owner dies before the write, the next one finds a pause that was over long ago. */
    private static SeededBug goOnBeforeItIsStored() {
        return SeededBug.of(
                "serve before the end of a pause is stored",
                PAUSES,
                "if (causes.remove(cause)) {",
                "if (causes.remove(cause)) { session.goOn();");
    }

    /** The client is told that its credits came back; they did not. */
    private static SeededBug keepWhatIsReleased() {
        return SeededBug.of("keep what a pause should give back", "sessions.live.MediaControl", "funds.release();", "");
    }

    /** A client that pauses and is never heard of again keeps its credits locked. */
    private static SeededBug pauseForEver() {
        return SeededBug.of(
                "let a pause last for ever",
                "sessions.live.Phase",
                "now.isPast(sinceNanos, now.settings().pausedAtMost()) ? end(EndReason.PAUSED_TOO_LONG) : this;",
                "this;");
    }
}
