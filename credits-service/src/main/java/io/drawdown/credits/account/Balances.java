package io.drawdown.credits.account;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The sums of an account at one instant, all derived from its grants and holds. */
public final class Balances {

    private final List<Grant> grants;
    private final List<Hold> holds;
    private final Instant at;
    private final Map<String, Credits> reserved = new HashMap<>();

    public Balances(List<Grant> grants, List<Hold> holds, Instant at) {
        this.grants = grants;
        this.holds = holds;
        this.at = at;
        for (Hold hold : holds) {
            for (Allocation part : hold.parts()) {
                reserved.merge(part.grantId(), part.amount(), Credits::plus);
            }
        }
    }

    /** Σ remaining of all grants, whether effective or not: what the ledger adds up to. */
    public Credits posted() {
        return sum(grant -> true, Grant::remaining);
    }

    /** Σ remaining of effective grants; of an expired one only what is reserved still counts. */
    public Credits balance() {
        return sum(grant -> grant.isUsable(at), Grant::remaining)
                .plus(sum(grant -> grant.isEffective(at) && grant.isExpired(at), this::reservedOf));
    }

    /** Σ reserved parts. */
    public Credits held() {
        return holds.stream().map(Hold::reserved).reduce(Credits.ZERO, Credits::plus);
    }

    /** What new work can take: Σ (remaining − reserved) of effective, unexpired grants; never negative. */
    public Credits available() {
        return sum(grant -> grant.isUsable(at), this::free);
    }

    /** What all sessions of the account use per second. */
    public Credits burnPerSecond() {
        return holds.stream().map(hold -> hold.rate().perSecond()).reduce(Credits.ZERO, Credits::plus);
    }

    /** The unreserved remainder of a grant. */
    public Credits free(Grant grant) {
        return grant.remaining().minus(reservedOf(grant));
    }

    public AccountView view(long seq, Thresholds thresholds) {
        return new AccountView(seq, balance(), held(), available(), burnPerSecond(), thresholds.armedBalance());
    }

    private Credits reservedOf(Grant grant) {
        return reserved.getOrDefault(grant.id(), Credits.ZERO);
    }

    private Credits sum(Predicate<Grant> which, java.util.function.Function<Grant, Credits> amount) {
        return grants.stream().filter(which).map(amount).reduce(Credits.ZERO, Credits::plus);
    }
}
