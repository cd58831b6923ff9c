package io.drawdown.sessions.connection;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Shortfall;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.protocol.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells a client why it gets no session: one frame with the problem, then the close code that fits it. */
public final class Refusals {

    private Refusals() {}

    public static void tell(ClientConnection client, Refused refused) {
        ProblemType problem = refused.problem();
        client.finish(
                new Frame.Refused(
                        FrameProblem.of(problem, detail(refused)),
                        refused.required(),
                        refused.remaining(),
                        refused.held(),
                        problem == ProblemType.INSUFFICIENT_CREDITS && !isHeld(refused),
                        isHeld(refused) ? Shortfall.RETRY_SECONDS : null,
                        null,
                        refused.accountSeq()),
                reason(problem));
    }

    public static void tell(ClientConnection client, ProblemType problem, String detail) {
        tell(client, problem, detail, null);
    }

    /** @param wait after which it may try again, over a new socket */
    public static void tellTooMany(ClientConnection client, String detail, Duration wait) {
        tell(client, ProblemType.RATE_LIMITED, detail, seconds(wait));
    }

    /** This instance is full: another one has room. */
    public static void tellElsewhere(ClientConnection client, String detail) {
        tell(client, ProblemType.UNAVAILABLE, detail, 1L);
    }

    /** Its start came to be, but its client did not hear of it: it resumes the session with the token that it named. */
    public static void tellResume(ClientConnection client, String sessionId) {
        tell(
                client,
                new Frame.Refused(
                        FrameProblem.of(
                                ProblemType.SESSION_ELSEWHERE,
                                "this start came to be; another instance runs the session: resume it"),
                        null,
                        null,
                        null,
                        false,
                        null,
                        sessionId,
                        null));
    }

    private static void tell(ClientConnection client, ProblemType problem, String detail, @Nullable Long retryAfter) {
        FrameProblem why = FrameProblem.of(problem, detail);
        tell(client, new Frame.Refused(why, null, null, null, false, retryAfter, null, null));
    }

    private static void tell(ClientConnection client, Frame.Refused refused) {
        client.finish(refused, reason(refused.problem().type()));
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** Tells the truth about the start: nothing was begun, or the outcome is not known. */
    public static void tellNotNow(ClientConnection client, boolean mayBeHeld) {
        if (mayBeHeld) {
            tell(
                    client,
                    ProblemType.OUTCOME_UNKNOWN,
                    "it may have begun; the same start key again tells what became of it");
        } else {
            tell(client, ProblemType.UNAVAILABLE, "this try began nothing; send it again with the same start key");
        }
    }

    /** Tells what is held and what is spent apart. */
    private static @Nullable String detail(Refused refused) {
        Shortfall shortfall = shortfall(refused);
        return shortfall == null ? null : shortfall.detail();
    }

    private static boolean isHeld(Refused refused) {
        Shortfall shortfall = shortfall(refused);
        return shortfall != null && shortfall.isHeld();
    }

    private static @Nullable Shortfall shortfall(Refused refused) {
        return refused.required() == null || refused.remaining() == null || refused.held() == null
                ? null
                : new Shortfall(refused.required(), refused.remaining(), refused.held());
    }

    private static EndReason reason(ProblemType problem) {
        return switch (problem) {
            case INSUFFICIENT_CREDITS -> EndReason.INSUFFICIENT;
            case ACCOUNT_SUSPENDED -> EndReason.SUSPENDED;
            case UNAVAILABLE, OUTCOME_UNKNOWN, SESSION_ELSEWHERE, ACCOUNT_BUSY, ACCOUNT_BACKLOGGED ->
                EndReason.UNAVAILABLE;
            case TOO_MANY_HOLDS, TOO_MANY_SESSIONS, RATE_LIMITED -> EndReason.RATE_LIMITED;
            default -> EndReason.POLICY;
        };
    }
}
