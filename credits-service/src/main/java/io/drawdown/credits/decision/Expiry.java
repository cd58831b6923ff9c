package io.drawdown.credits.decision;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Balances;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.GrantsAndHolds;
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
 * What time alone does to grants, before every decision: grants that became effective since the last decision arm the
 * warnings; grants that expired lose what no hold has reserved.
 */
public final class Expiry {

    private Expiry() {}

    public static void advance(Draft draft) {
        for (Grant grant : draft.grants()) {
            if (grant.effectiveAt().isAfter(draft.lastDecidedAt()) && grant.isUsable(draft.now())) {
                Warnings.arm(draft);
                draft.post(Posting.of(EntryType.GRANTED, "effective")
                        .credits(Credits.ZERO, grant)
                        .effectiveAt(grant.effectiveAt()));
            }
        }
        collect(draft);
    }

    /**
     * Takes the unreserved remainder of expired grants, with one entry for each moment of expiry. Call it again after a
     * reserved part came back.
     */
    public static void collect(Draft draft) {
        Map<Instant, List<Grant>> expired = draft.grants().stream()
                .filter(grant -> grant.isExpired(draft.now()))
                .collect(groupingBy(grant -> requireNonNull(grant.expiresAt()), TreeMap::new, toList()));
        expired.forEach((moment, grants) -> collect(draft, moment, grants));
    }

    private static void collect(Draft draft, Instant moment, List<Grant> expired) {
        Balances balances = draft.balances();
        List<Allocation> lost = expired.stream()
                .map(grant -> new Allocation(grant.id(), balances.free(grant)))
                .filter(part -> part.amount().isPositive())
                .toList();
        if (!lost.isEmpty()) {
            draft.post(Posting.of(EntryType.EXPIRED, "expiry")
                    .takes(draft.take(lost))
                    .effectiveAt(moment));
        }
    }

    /** When time alone will change something next. */
    static @Nullable Instant dueAt(GrantsAndHolds grantsAndHolds, Instant now) {
        List<Instant> moments = new ArrayList<>();
        for (Grant grant : grantsAndHolds.grants()) {
            moments.add(grant.effectiveAt());
            if (grant.expiresAt() != null) {
                moments.add(grant.expiresAt());
            }
        }
        moments.removeIf(moment -> !moment.isAfter(now));
        grantsAndHolds.holds().forEach(hold -> moments.add(hold.overdueAt()));
        return moments.stream().min(Instant::compareTo).orElse(null);
    }
}
