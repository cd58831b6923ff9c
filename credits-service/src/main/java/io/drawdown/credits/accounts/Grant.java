package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Credits that were given to an account. A grant of which nothing remains leaves the document.
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
            .thenComparing(grant -> grant.expiresAt == null ? Instant.MAX : grant.expiresAt);

    /** The grants in the order in which they burn: priority, then expiry (none last), then age. */
    static List<Grant> inBurnOrder(List<Grant> oldestFirst) {
        return oldestFirst.stream().sorted(BURN_ORDER).toList();
    }

    boolean isEffective(Instant at) {
        return !effectiveAt.isAfter(at);
    }

    boolean isExpired(Instant at) {
        return expiresAt != null && !expiresAt.isAfter(at);
    }

    /** Whether new work may use it. */
    boolean isUsable(Instant at) {
        return isEffective(at) && !isExpired(at);
    }

    Grant withRemaining(Credits left) {
        return new Grant(id, kind, priority, effectiveAt, expiresAt, original, left);
    }
}
