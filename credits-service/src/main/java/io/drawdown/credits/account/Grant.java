package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.GrantPart;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Credits that were given to an account. Its terms never change; a grant of which nothing remains leaves the document.
 *
 * @param id {@code g<seq of the ledger row that made it>}
 * @param priority lower burns first
 * @param expiresAt from this instant on nothing new may use it; absent: never
 * @param original all that was ever put into it
 * @param remaining what is neither spent nor expired, reserved parts included
 */
public record Grant(
        String id,
        GrantKind kind,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        Credits original,
        Credits remaining) {

    private static final Comparator<Grant> BURN_ORDER = Comparator.comparingInt(Grant::priority)
            .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt)
            .thenComparing(grant -> grant.kind.isPaid());

    /**
     * The grants in the order in which they burn: priority, then the earliest expiry (none last), then given before paid,
     * then age.
     */
    public static List<Grant> inBurnOrder(List<Grant> oldestFirst) {
        return oldestFirst.stream().sorted(BURN_ORDER).toList();
    }

    public boolean isEffective(Instant at) {
        return !effectiveAt.isAfter(at);
    }

    public boolean isExpired(Instant at) {
        return expiresAt != null && !expiresAt.isAfter(at);
    }

    /** Whether new work may use it. */
    public boolean isUsable(Instant at) {
        return isEffective(at) && !isExpired(at);
    }

    /** Whether both grants have the same terms: kind, priority, start and end. */
    public boolean hasTermsOf(Grant other) {
        return kind == other.kind
                && priority == other.priority
                && effectiveAt.equals(other.effectiveAt)
                && Objects.equals(expiresAt, other.expiresAt);
    }

    /** So much of it, named with its terms. */
    public GrantPart part(Credits amount) {
        return new GrantPart(id, kind, priority, effectiveAt, expiresAt, amount);
    }

    Grant withRemaining(Credits left) {
        return new Grant(id, kind, priority, effectiveAt, expiresAt, original, left);
    }

    /** With so many credits more. */
    public Grant plus(Credits more) {
        return new Grant(id, kind, priority, effectiveAt, expiresAt, original.plus(more), remaining.plus(more));
    }
}
