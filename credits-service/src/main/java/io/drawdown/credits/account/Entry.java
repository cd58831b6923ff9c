package io.drawdown.credits.account;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.TraceContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an account: one outbox item, one ledger row, one event. The account's document can be
 * derived from its entries alone.
 *
 * @param seq gap-free per account, from 1
 * @param view the account right after this
 * @param effectiveAt when time alone did this: a grant expired or became effective; {@code at} is when it was posted
 */
public record Entry(
        long seq,
        EntryType type,
        Instant at,
        Movement movement,
        AccountView view,
        Subject subject,
        Origin origin,
        @Nullable Instant effectiveAt) {

    /**
     * What was posted.
     *
     * @param amount signed change of the posted credits (Σ remaining of all grants); zero where nothing was posted
     * @param before posted credits before this, equal to {@code after} of the entry before
     * @param parts what was taken from which grant, with its terms
     */
    public record Movement(Credits amount, Credits before, Credits after, List<GrantPart> parts) {

        public Movement {
            parts = List.copyOf(parts);
        }

        /** @param after the posted credits right after it */
        public static Movement to(Credits after, Credits amount, List<GrantPart> parts) {
            return new Movement(amount, after.minus(amount), after, parts);
        }
    }

    /**
     * What the entry is about.
     *
     * @param grant the whole grant after this, for {@code OPENED} and {@code GRANTED}
     * @param hold the whole hold after this, where one is concerned
     * @param priced how the amount came about
     * @param used the usage that was settled
     * @param thresholdPercent the level that the balance crossed
     * @param plan the plan that the account has from now on, for {@code PLAN_CHANGED}; null: none
     */
    public record Subject(
            @Nullable Grant grant,
            @Nullable Hold hold,
            @Nullable Priced priced,
            @Nullable UsedSpan used,
            @Nullable Integer thresholdPercent,
            @Nullable String plan) {}

    /**
     * Who or what caused it.
     *
     * @param cause for people, e.g. {@code charge ai_search}, {@code checkpoint}, {@code renewal}
     * @param keyHash the idempotency key that caused it, and {@code requestHash} the request it stood for
     * @param trace the context of the request or report that caused it; absent where time, or nothing that is in a trace, did
     */
    public record Origin(
            String cause,
            @Nullable String keyHash,
            @Nullable String requestHash,
            @Nullable TraceContext trace) {}

    public Credits amount() {
        return movement.amount();
    }

    public List<GrantPart> parts() {
        return movement.parts();
    }

    public @Nullable Grant grant() {
        return subject.grant();
    }

    public @Nullable Hold hold() {
        return subject.hold();
    }

    public @Nullable String keyHash() {
        return origin.keyHash();
    }

    public @Nullable String requestHash() {
        return origin.requestHash();
    }

    /** Whether it only keeps its key used up, because the operation was cancelled. */
    public boolean isCancellation() {
        return Key.CANCELLED.equals(requestHash());
    }

    public @Nullable TraceContext trace() {
        return origin.trace();
    }

    /** What came into which grant, or went out of it. */
    public List<GrantPart> moved() {
        Grant grant = grant();
        return grant == null ? parts() : List.of(grant.part(amount()));
    }

    /** What the other services are told. */
    public AccountEvent event(String accountId) {
        Hold hold = hold();
        HoldView holdView = hold == null ? null : hold.view();
        String cause = type == EntryType.GRANTED ? origin.cause() : null;
        return new AccountEvent(
                type,
                accountId,
                at,
                amount(),
                view,
                holdView,
                subject.thresholdPercent(),
                moved(),
                effectiveAt,
                subject.plan(),
                cause);
    }
}
