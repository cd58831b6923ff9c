package io.drawdown.credits.account;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.HoldView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an account: one outbox item, one ledger row, one event. The account's document can be
 * derived from its entries alone.
 *
 * @param seq gap-free per account, from 1
 * @param amount signed change of the posted credits (Σ remaining of all grants); zero where nothing was posted
 * @param before posted credits before this, equal to {@code after} of the entry before
 * @param view the account right after this
 * @param parts what was taken from which grant, with its terms
 * @param grant the whole grant after this, for {@code OPENED} and {@code GRANTED}
 * @param hold the whole hold after this, where one is concerned
 * @param keyHash the idempotency key that caused it, and {@code requestHash} the request it stood for
 * @param cause who or what caused it, e.g. {@code charge ai_search}, {@code checkpoint}, {@code renewal}
 * @param effectiveAt when time alone did this: a grant expired or became effective; {@code at} is when it was posted
 */
public record Entry(
        long seq,
        EntryType type,
        Instant at,
        Credits amount,
        Credits before,
        Credits after,
        AccountView view,
        List<GrantPart> parts,
        @Nullable Grant grant,
        @Nullable Hold hold,
        @Nullable Priced priced,
        @Nullable UsedSpan used,
        @Nullable String keyHash,
        @Nullable String requestHash,
        String cause,
        @Nullable Integer thresholdPercent,
        @Nullable Instant effectiveAt) {

    public Entry {
        parts = List.copyOf(parts);
    }

    /** What came into which grant, or went out of it. */
    public List<GrantPart> moved() {
        return grant == null ? parts : List.of(grant.part(amount));
    }

    /** What the other services are told. */
    public AccountEvent event(String accountId) {
        HoldView holdView = hold == null ? null : hold.view();
        return new AccountEvent(type, accountId, at, amount, view, holdView, thresholdPercent, moved(), effectiveAt);
    }
}
