package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

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
                draft.post(Posting.of(EntryType.GRANTED, "effective")
                        .credits(Credits.ZERO, grant)
                        .effectiveAt(grant.effectiveAt()));
            }
        }
        collect(draft);
    }

    /**
     * Takes the unreserved remainder of expired grants, one entry for each moment of expiry; called again when a reserved
     * part came back.
     */
    static void collect(Draft draft) {
        Map<Instant, List<Grant>> expired = draft.holdings.grants().stream()
                .filter(grant -> grant.isExpired(draft.now()))
                .collect(groupingBy(grant -> requireNonNull(grant.expiresAt()), TreeMap::new, toList()));
        expired.forEach((moment, grants) -> collect(draft, moment, grants));
    }

    private static void collect(Draft draft, Instant moment, List<Grant> expired) {
        Position position = draft.position();
        List<Part> lost = expired.stream()
                .map(grant -> new Part(grant.id(), position.free(grant)))
                .filter(part -> part.amount().isPositive())
                .toList();
        if (!lost.isEmpty()) {
            draft.post(Posting.of(EntryType.EXPIRED, "expiry")
                    .takes(draft.holdings.take(lost))
                    .effectiveAt(moment));
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
