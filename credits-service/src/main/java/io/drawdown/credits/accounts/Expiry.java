package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What time alone does to grants, before every decision: those that became effective since the last one arm the
 * warnings, those that expired lose what no hold has reserved.
 */
final class Expiry {

    private Expiry() {}

    static void advance(Draft draft) {
        for (Grant grant : draft.holdings.grants()) {
            if (grant.effectiveAt().isAfter(draft.decidedAtLast()) && grant.isUsable(draft.now())) {
                Warnings.arm(draft);
                draft.post(Posting.of(EntryType.GRANTED, "effective").credits(Credits.ZERO, grant));
            }
        }
        collect(draft);
    }

    /** Takes the unreserved remainder of expired grants; called again when a reserved part came back. */
    static void collect(Draft draft) {
        Position position = draft.position();
        List<Part> lost = draft.holdings.grants().stream()
                .filter(grant -> grant.isExpired(draft.now()))
                .map(grant -> new Part(grant.id(), position.free(grant)))
                .filter(part -> part.amount().isPositive())
                .toList();
        if (!lost.isEmpty()) {
            draft.holdings.take(lost);
            draft.post(Posting.of(EntryType.EXPIRED, "expiry").takes(lost));
        }
    }

    /** When time alone will change something next. */
    static @Nullable Instant dueAt(Holdings holdings, Instant now) {
        List<Instant> moments = new ArrayList<>();
        for (Grant grant : holdings.grants()) {
            moments.add(grant.effectiveAt());
            if (grant.expiresAt() != null) {
                moments.add(grant.expiresAt());
            }
        }
        moments.removeIf(moment -> !moment.isAfter(now));
        holdings.holds().forEach(hold -> moments.add(hold.validUntil()));
        return moments.stream().min(Instant::compareTo).orElse(null);
    }
}
