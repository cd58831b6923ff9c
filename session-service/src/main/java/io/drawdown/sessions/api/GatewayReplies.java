package io.drawdown.sessions.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Shortfall;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.sessions.api.GatewaySessionsResource.ReportAnswer;
import io.drawdown.sessions.api.GatewaySessionsResource.ReportProblem;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.gateway.GatewaySessions.Addressed;
import io.drawdown.sessions.gateway.GatewaySessions.Answered;
import io.drawdown.sessions.gateway.Reply;
import io.drawdown.sessions.gateway.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/** What the core replies to a gateway, as its HTTP answer. */
final class GatewayReplies {

    private static final Logger LOG = Logger.getLogger(GatewayReplies.class);

    private GatewayReplies() {}

    /** @throws ProblemException if there is no session to show */
    static SessionView view(Reply reply, Report report) {
        return view(reply, report.usedMillis());
    }

    /**
     * As above.
     *
     * @param statedMillis by the request that is answered
     */
    static SessionView view(Reply reply, long statedMillis) {
        return switch (reply) {
            case Reply.Stands(SessionDocument session, boolean _) -> SessionView.stated(session, statedMillis);
            case Reply.NotBegun(Refused why) -> throw problem(why);
            case Reply.KeyReused() -> throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
            case Reply.Unknown() -> throw new ProblemException(ProblemType.SESSION_NOT_FOUND);
            case Reply.OfSocket() ->
                throw new ProblemException(
                        ProblemType.SESSION_ELSEWHERE, "The session has a socket: the instance that serves it counts");
        };
    }

    static ReportAnswer answer(Addressed asked, Answered answered) {
        try {
            if (answered.fault() != null) {
                throw known(answered.fault());
            }
            Reply reply = Objects.requireNonNull(answered.reply());
            return new ReportAnswer(asked.sessionId(), 200, view(reply, asked.report()), null);
        } catch (ProblemException problem) {
            ProblemType type = problem.type();
            return new ReportAnswer(
                    asked.sessionId(),
                    type.status(),
                    null,
                    new ReportProblem(type, type.title(), type.status(), problem.detail()));
        }
    }

    private static ProblemException known(Throwable fault) {
        return new ProblemException(
                switch (fault) {
                    case Unavailable _ -> ProblemType.UNAVAILABLE;
                    case OutcomeUnknown _ -> ProblemType.OUTCOME_UNKNOWN;
                    default -> {
                        LOG.error("A report of a batch failed", fault);
                        yield ProblemType.INTERNAL;
                    }
                });
    }

    private static ProblemException problem(Refused why) {
        Map<String, Object> members = new LinkedHashMap<>();
        String detail = why.problem().title();
        if (why.required() != null) {
            members.put("credits_required", why.required());
        }
        if (why.remaining() != null && why.held() != null) {
            members.put("credits_remaining", why.remaining());
            members.put("credits_held", why.held());
        }
        if (why.accountSeq() != null) {
            members.put("seq", why.accountSeq());
        }
        if (why.required() != null && why.remaining() != null && why.held() != null) {
            Shortfall shortfall = new Shortfall(why.required(), why.remaining(), why.held());
            detail = shortfall.detail();
            members.put("upgrade_required", !shortfall.isHeld());
            if (shortfall.isHeld()) {
                members.put("retry_after", Shortfall.RETRY_SECONDS);
            }
        }
        return new ProblemException(why.problem(), detail, members);
    }
}
