package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.credits.account.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where new credits find room. Up to the bound each grant stands on its own. Beyond it a grant joins one of equal terms.
 * Given credits that find no such grant have no room. Paid credits always have room: payments up to the bound stand on
 * their own, however many grants were given. Later payments live in a window a little narrower than asked for, on a coarse
 * grid, and all payments of one window share one grant. So the number of grants stays small, no payment is refused, and
 * credits never live longer than they were given for.
 *
 * <p>How many can there be? A window is rounded to a step that is more than a 256th of its length. So payments that all
 * last equally long share at most 256 grants, and those without end share one.
 */
final class GrantRoom {

    /** A window loses less than one part in so many, at its beginning and at its end. */
    private static final int FINENESS = 128;

    private final List<Grant> grants;
    private final int bound;
    private final Instant now;

    /** @param bound from so many grants on, a new one no longer stands as its own by right */
    GrantRoom(List<Grant> grants, int bound, Instant now) {
        this.grants = grants;
        this.bound = bound;
        this.now = now;
    }

    /** The grant after its credits came in: itself, or the one that it joins; empty if it has no room. */
    Optional<Grant> of(Grant fresh) {
        if (grants.size() < bound) {
            return Optional.of(fresh);
        }
        boolean isPaid = fresh.kind().isPaid();
        boolean isShared = isPaid && payments() >= bound;
        Grant wanted = isShared ? narrowed(fresh) : fresh;
        Optional<Grant> joined = grants.stream()
                .filter(grant -> grant.hasTermsOf(wanted) || (isShared && isUsedLike(grant, wanted)))
                .filter(grant -> canTake(grant, wanted.original()))
                .findFirst()
                .map(grant -> grant.plus(wanted.original()));
        return joined.isPresent() || !isPaid ? joined : Optional.of(wanted);
    }

    private long payments() {
        return grants.stream().filter(grant -> grant.kind().isPaid()).count();
    }

    /** Payments that can be used already differ in nothing but the past. */
    private boolean isUsedLike(Grant grant, Grant wanted) {
        return grant.kind() == wanted.kind()
                && grant.priority() == wanted.priority()
                && grant.isEffective(now)
                && wanted.isEffective(now)
                && Objects.equals(grant.expiresAt(), wanted.expiresAt());
    }

    /** All that was ever put into a grant is an amount too. */
    private static boolean canTake(Grant grant, Credits more) {
        return grant.original().micros() + more.micros() <= Credits.MAX_MICROS;
    }

    /** The same credits, in a window on the grid that lies within the one asked for. */
    private Grant narrowed(Grant fresh) {
        Instant from = fresh.isEffective(now) ? now : fresh.effectiveAt();
        Instant to = fresh.expiresAt();
        long wait = Duration.between(now, from).toMillis();
        long life = to == null ? Long.MAX_VALUE : Duration.between(from, to).toMillis();
        return new Grant(
                fresh.id(),
                fresh.kind(),
                fresh.priority(),
                wait == 0 ? fresh.effectiveAt() : later(from, step(Math.min(wait, life))),
                to == null ? null : earlier(to, step(life)),
                fresh.original(),
                fresh.remaining());
    }

    /** A power of two, so that steps of different length meet. */
    private static long step(long millis) {
        return Math.max(1, Long.highestOneBit(millis) / FINENESS);
    }

    private static Instant earlier(Instant instant, long stepMillis) {
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), stepMillis) * stepMillis);
    }

    private static Instant later(Instant instant, long stepMillis) {
        return Instant.ofEpochMilli(Math.ceilDiv(instant.toEpochMilli(), stepMillis) * stepMillis);
    }
}
