package io.drawdown.simulator.invariants;

import io.drawdown.contracts.GrantPart;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which credits burn, written a second time and shared with no rule: the lower priority, the earlier expiry (none
 * last), given before paid, the older grant.
 */
final class BurnOrder {

    private static final Comparator<GrantPart> ORDER = Comparator.comparingInt(GrantPart::priority)
            .thenComparing(part -> part.expiresAt() == null ? Instant.MAX : part.expiresAt())
            .thenComparing(part -> part.kind().isPaid())
            .thenComparing(part -> Long.parseLong(part.grantId().substring(1)));

    private BurnOrder() {}

    /** Whether no credits were left free that should have burned before those that were taken. */
    static boolean isKept(List<GrantPart> taken, List<GrantPart> free, Instant at) {
        return taken.stream()
                .max(ORDER)
                .map(last -> free.stream()
                        .filter(part -> part.amount().isPositive() && isUsable(part, at))
                        .noneMatch(part -> ORDER.compare(part, last) < 0))
                .orElse(true);
    }

    private static boolean isUsable(GrantPart part, Instant at) {
        Instant expiry = part.expiresAt();
        return !part.effectiveAt().isAfter(at) && (expiry == null || expiry.isAfter(at));
    }
}
