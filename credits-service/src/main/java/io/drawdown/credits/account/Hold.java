package io.drawdown.credits.account;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.Rate;
import java.time.Instant;
import java.util.List;

/**
 * What is reserved for a running session. Always: {@code charged} = price(used), Σ {@code parts} = price(funded) −
 * price(used), used ≤ funded, and funded never falls within an epoch and a cut.
 *
 * @param id the session's id
 * @param epoch fences out former owners
 * @param overdueAt when the hold is overdue if nothing is heard of its session until then; a hold never ends by the clock
 * @param cut how often the owners of the session gave funded time back
 */
// More than 8 components: a stored document.
public record Hold(
        String id,
        long epoch,
        List<Allocation> parts,
        Rate rate,
        long usedMillis,
        long fundedMillis,
        Credits charged,
        Instant overdueAt,
        Long cut) {

    private static final long KEPT_MILLIS = 1_000;

    /** A hold that was stored before holds counted their cuts has none. */
    public Hold {
        parts = List.copyOf(parts);
        cut = cut == null ? 0L : cut;
    }

    /** Σ parts: what is reserved and not spent yet. */
    public Credits reserved() {
        return parts.stream().map(Allocation::amount).reduce(Credits.ZERO, Credits::plus);
    }

    public HoldView view() {
        return new HoldView(id, epoch, usedMillis, fundedMillis, charged, rate, cut);
    }

    public Hold withEpoch(long next) {
        return new Hold(id, next, parts, rate, usedMillis, fundedMillis, charged, overdueAt, cut);
    }

    public Hold withOverdueAt(Instant next) {
        return new Hold(id, epoch, parts, rate, usedMillis, fundedMillis, charged, next, cut);
    }

    public Hold withUsed(long used, List<Allocation> left) {
        return new Hold(id, epoch, left, rate, used, fundedMillis, rate.priceOf(used), overdueAt, cut);
    }

    public Hold withFunded(long funded, List<Allocation> more) {
        return new Hold(id, epoch, more, rate, usedMillis, funded, charged, overdueAt, cut);
    }

    /** After the owner gave back what is funded beyond this, which is not below what is used. */
    public Hold cutTo(long funded, List<Allocation> left) {
        return new Hold(id, epoch, left, rate, usedMillis, funded, charged, overdueAt, cut + 1);
    }

    /** What its owner can give back: it keeps one second, or one increment if that is longer, beyond what is used. */
    public Credits recoverable() {
        long kept = usedMillis + Math.max(KEPT_MILLIS, rate.incrementMillis());
        return kept >= fundedMillis ? Credits.ZERO : rate.priceOf(fundedMillis).minus(rate.priceOf(kept));
    }
}
