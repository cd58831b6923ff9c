package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import java.time.Instant;
import java.util.List;

/**
 * What is reserved for a running session. Always: {@code charged} = price(used), Σ {@code parts} = price(funded) −
 * price(used), used ≤ funded, and funded never falls within an epoch.
 *
 * @param id the session's id
 * @param epoch fences out former owners
 * @param overdueAt when the hold is overdue if nothing is heard of its session until then; a hold never ends by the clock
 */
public record Hold(
        String id,
        long epoch,
        List<Allocation> parts,
        Rate rate,
        long usedMillis,
        long fundedMillis,
        Credits charged,
        Instant overdueAt) {

    public Hold {
        parts = List.copyOf(parts);
    }

    /** Σ parts: what is reserved and not spent yet. */
    public Credits reserved() {
        return parts.stream().map(Allocation::amount).reduce(Credits.ZERO, Credits::plus);
    }

    public HoldView view() {
        return new HoldView(id, epoch, usedMillis, fundedMillis, charged, rate);
    }

    public Hold withEpoch(long next) {
        return new Hold(id, next, parts, rate, usedMillis, fundedMillis, charged, overdueAt);
    }

    public Hold withOverdueAt(Instant next) {
        return new Hold(id, epoch, parts, rate, usedMillis, fundedMillis, charged, next);
    }

    public Hold withUsed(long used, List<Allocation> left) {
        return new Hold(id, epoch, left, rate, used, fundedMillis, rate.priceOf(used), overdueAt);
    }

    public Hold withFunded(long funded, List<Allocation> more) {
        return new Hold(id, epoch, more, rate, usedMillis, funded, charged, overdueAt);
    }
}
