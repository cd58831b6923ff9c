package io.drawdown.sessions.gateway;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.document.Advance;
import io.drawdown.sessions.document.Begun;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.gateway.Report.Step;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the document of a gateway's session. Each rule answers null if there is nothing to write; none changes a
 * session that has ended.
 */
final class ReportRules {

    private final GatewayTerms terms;

    ReportRules(GatewayTerms terms) {
        this.terms = terms;
    }

    /** The gateway was heard: its total counts, and the session is ended if it should not go on. */
    @Nullable
    SessionDocument heard(SessionDocument current, Report report, Instant now) {
        if (!(current.state() instanceof Reported reported)) {
            return null;
        }
        Reported next = reported.heard(report.usedMillis(), now);
        EndReason over = next.isUsedUp() ? EndReason.MAXIMUM_DURATION : over(current, now);
        if (over != null) {
            return current.end(over, report.usedMillis(), now);
        }
        SessionDocument heard = current.with(next);
        return switch (isLate(report, reported) ? Step.GO_ON : report.step()) {
            case GO_ON -> heard;
            case PAUSE -> current.isPaused() ? heard : pause(heard, next.usedMillis(), false, now);
            case RELEASE ->
                current.isReleased() ? heard : pause(current.with(next.giveBack()), next.usedMillis(), true, now);
            case RESUME -> current.isPaused() ? heard.goOn(next.usedMillis(), now) : heard;
            case END -> heard.endedBy(report.trace()).end(EndReason.USER, report.usedMillis(), now);
        };
    }

    /** Whether it was sent before a later one: the pause that it begins or ends is over. An end is one whenever it comes. */
    private static boolean isLate(Report report, Reported reported) {
        return report.step() != Step.END && report.usedMillis() > 0 && report.usedMillis() < reported.usedMillis();
    }

    private static SessionDocument pause(SessionDocument session, long usedMillis, boolean isReleased, Instant now) {
        if (session.outbox().isFull()) {
            throw new Unavailable("earlier pauses of this session are not published yet");
        }
        return session.pause(usedMillis, isReleased, true, now);
    }

    /** Why it may not go on; null if it may. */
    private @Nullable EndReason over(SessionDocument current, Instant now) {
        Begun begun = Objects.requireNonNull(current.begun());
        Instant pausedAt = begun.pausedAt();
        if (!now.isBefore(begun.startedAt().plus(terms.maximumDuration()))) {
            return EndReason.MAXIMUM_DURATION;
        }
        return pausedAt != null && !now.isBefore(pausedAt.plus(terms.pausedAtMost()))
                ? EndReason.PAUSED_TOO_LONG
                : null;
    }

    /** A released session is overdue: it gives back again what it has not, and so says its total. */
    static @Nullable SessionDocument givenBack(SessionDocument current) {
        return current.isReleased() && current.state() instanceof Reported reported
                ? current.with(reported.giveBack())
                : null;
    }

    /** Why that answer ends the session; empty if it goes on. */
    static Optional<EndReason> end(SessionDocument told, Funding.Answer answer) {
        return switch (answer.outcome()) {
            case EXHAUSTED -> told.isPaused() ? Optional.empty() : Optional.of(EndReason.EXHAUSTED);
            case SUSPENDED -> Optional.of(EndReason.SUSPENDED);
            case NO_HOLD, RELEASED -> Optional.of(EndReason.OWNER_LOST);
            case FUNDED, ENDING, STALE, REFUSED, CANCELLED -> Optional.empty();
        };
    }

    /** Ends a session for an answer of credits-service, unless its gateway was heard after it was asked for. */
    static @Nullable SessionDocument ended(
            SessionDocument told, SessionDocument current, EndReason reason, Instant now) {
        return current.rev() == told.rev() && current.state() instanceof Reported ? current.end(reason, 0, now) : null;
    }

    /** A session that gives back gives back too what an answer to an earlier question funded. */
    static @Nullable SessionDocument advanced(SessionDocument current, Advance advance) {
        if (!(current.state() instanceof Reported reported)) {
            return null;
        }
        Reported known = reported.advanced(advance);
        Reported next = current.isReleased() ? known.giveBackWhatIsLeft() : known;
        return next.equals(reported) ? null : current.with(next);
    }

    /** Ends a session at its greatest total if its gateway was not heard since. */
    static @Nullable SessionDocument silent(SessionDocument current, Instant heardAt, Instant now) {
        boolean isSilent = current.state() instanceof Reported reported
                && reported.heardAt().equals(heardAt)
                && !now.isBefore(heardAt.plus(GatewayTerms.SILENT_FOR));
        return isSilent ? current.end(EndReason.DISCONNECTED, 0, now) : null;
    }
}
