package io.drawdown.credits.decision;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.UsedSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry says of itself, before it has a place and a view of the account. */
public final class Posting {

    final EntryType type;
    final String cause;
    Credits amount = Credits.ZERO;
    List<GrantPart> parts = List.of();

    @Nullable
    Instant effectiveAt;

    @Nullable
    Grant grant;

    @Nullable
    Hold hold;

    @Nullable
    Priced priced;

    @Nullable
    UsedSpan used;

    @Nullable
    String keyHash;

    @Nullable
    String requestHash;

    @Nullable
    Integer thresholdPercent;

    @Nullable
    String plan;

    private Posting(EntryType type, String cause) {
        this.type = type;
        this.cause = cause;
    }

    public static Posting of(EntryType type, String cause) {
        return new Posting(type, cause);
    }

    /** Credits that came in with this grant. */
    public Posting credits(Credits credited, Grant whole) {
        amount = credited;
        grant = whole;
        return this;
    }

    /** Credits that went out of these grants. */
    public Posting takes(List<GrantPart> taken) {
        parts = taken;
        amount = Allocations.sum(taken).negated();
        return this;
    }

    /** When the change took effect, if it is posted later than that. */
    Posting effectiveAt(Instant moment) {
        effectiveAt = moment;
        return this;
    }

    public Posting hold(Hold whole) {
        hold = whole;
        return this;
    }

    public Posting priced(Priced how) {
        priced = how;
        return this;
    }

    public Posting used(UsedSpan span) {
        used = span;
        return this;
    }

    public Posting key(Key key) {
        keyHash = key.hash();
        requestHash = key.requestHash();
        return this;
    }

    public Posting request(String hash) {
        requestHash = hash;
        return this;
    }

    /** Null: the account has none any more. */
    public Posting plan(@Nullable String name) {
        plan = name;
        return this;
    }

    Posting threshold(int percent) {
        thresholdPercent = percent;
        return this;
    }
}
