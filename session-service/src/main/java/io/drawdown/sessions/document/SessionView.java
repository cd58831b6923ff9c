package io.drawdown.sessions.document;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Refused;
import io.drawdown.sessions.document.SessionState.Reported;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as its readers see it: flat, as it is on the wire.
 *
 * @param settled of an ended session: whether its cost is known; then {@code cost} is there, and {@code balance} and {@code
 *     held} are those of the account right after it, at {@code seq}
 * @param pausedAt since when it is neither served nor charged; absent unless it is paused
 * @param released whether its pause gives back the credits that it does not use; absent unless it is paused
 * @param creditsHeld of a refused session: what live sessions held and had not spent
 * @param usedMillis the exact total while it runs here or once it has ended, or as its gateway states it; absent where only
 *     its owner knows
 * @param endsAt of a session of a gateway, unless it is paused: when its funding ends at the pace of real time
 * @param unbilledMillis of an ended session of a gateway: what the gateway stated beyond what is billed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record SessionView(
        String id,
        String accountId,
        String kind,
        SessionState.Name state,
        long epoch,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant pausedAt,
        @Nullable Boolean released,
        @Nullable Instant endedAt,
        @Nullable Long usedMillis,
        @Nullable Long fundedMillis,
        @Nullable Instant endsAt,
        @Nullable List<SessionWarning> warnings,
        @Nullable Long billedMillis,
        @Nullable Long unbilledMillis,
        @Nullable EndReason reason,
        @Nullable Boolean settled,
        @Nullable Credits cost,
        @Nullable Credits balance,
        @Nullable Credits held,
        @Nullable Long seq,
        @Nullable ProblemType problem,
        @Nullable Credits creditsRequired,
        @Nullable Credits creditsRemaining,
        @Nullable Credits creditsHeld) {

    @JsonIgnore
    public boolean isOpen() {
        return state != SessionState.Name.ENDED && state != SessionState.Name.REFUSED;
    }

    @JsonIgnore
    public boolean isPaused() {
        return pausedAt != null;
    }

    @JsonIgnore
    public boolean isReleased() {
        return Boolean.TRUE.equals(released);
    }

    /** As everybody but its owner sees it. */
    public static SessionView of(SessionDocument document) {
        return stated(document, 0);
    }

    /** As the gateway sees it that stated that total, even after its end. */
    public static SessionView stated(SessionDocument document, long statedMillis) {
        if (document.state() instanceof Reported reported) {
            return of(document, reported.usedMillis(), reported.fundedMillis(), statedMillis);
        }
        return of(document, document.ended().map(Ended::servedMillis).orElse(null), null, statedMillis);
    }

    public static SessionView of(SessionDocument document, @Nullable Long usedMillis, @Nullable Long fundedMillis) {
        return of(document, usedMillis, fundedMillis, 0);
    }

    private static SessionView of(
            SessionDocument document, @Nullable Long usedMillis, @Nullable Long fundedMillis, long statedMillis) {
        Optional<Ended> end = document.ended();
        Optional<Bill> bill = end.flatMap(ended -> Optional.ofNullable(ended.bill()));
        Optional<Refused> refused =
                document.state() instanceof Refused refusal ? Optional.of(refusal) : Optional.empty();
        Optional<Reported> reported =
                document.state() instanceof Reported running ? Optional.of(running) : Optional.empty();
        Optional<Long> billed = end.flatMap(Ended::billedMillis);
        Begun begun = document.begun();
        return new SessionView(
                document.id(),
                document.origin().accountId(),
                document.origin().kind(),
                document.state().name(),
                document.owner().epoch(),
                document.origin().createdAt(),
                begun == null ? null : begun.startedAt(),
                document.isOpen() ? document.pausedAt() : null,
                (document.isOpen() && document.isPaused()) ? document.isReleased() : null,
                end.map(Ended::at).orElse(null),
                usedMillis,
                fundedMillis,
                reported.flatMap(running -> endsAt(document, running)).orElse(null),
                reported.map(SessionWarning::of).orElse(null),
                billed.orElse(null),
                end.filter(ended -> ended.statedMillis() != null)
                        .flatMap(ended -> billed.map(known -> Math.max(statedMillis, ended.servedMillis()) - known))
                        .orElse(null),
                end.map(Ended::reason).orElse(null),
                end.map(ended -> ended.bill() != null).orElse(null),
                bill.map(Bill::cost).orElse(null),
                bill.map(Bill::balance).orElse(null),
                bill.map(Bill::held).orElse(null),
                bill.map(Bill::seq).or(() -> refused.map(Refused::accountSeq)).orElse(null),
                refused.map(Refused::problem).orElse(null),
                refused.map(Refused::required).orElse(null),
                refused.map(Refused::remaining).orElse(null),
                refused.map(Refused::held).orElse(null));
    }

    private static Optional<Instant> endsAt(SessionDocument document, Reported running) {
        return Optional.ofNullable(document.begun())
                .filter(begun -> begun.pausedAt() == null)
                .map(begun -> running.endsAt(begun.startedAt()));
    }
}
