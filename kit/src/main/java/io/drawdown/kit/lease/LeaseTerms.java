package io.drawdown.kit.lease;

import java.time.Duration;

/**
 * The times of a service's leases, the same for all of its instances. A lease outlasts several renewals, so that a single
 * slow or failed one costs no instance its name.
 *
 * @param length an incarnation that was seen not to renew for this long may be fenced
 * @param renewal how long after a renewal the next one is sent
 * @param retry how long after a failed registration or renewal it is tried again
 * @param look how often to look at an incarnation that may be dead
 */
public record LeaseTerms(Duration length, Duration renewal, Duration retry, Duration look) {

    private static final int LEAST_PER_LEASE = 4;
    private static final int ATTEMPTS_PER_LEASE = 6;

    /** Fails unless each of the other times is positive and at most a quarter of the length. */
    public LeaseTerms {
        check("renewal", renewal, length);
        check("retry", retry, length);
        check("look", look, length);
    }

    /**
     * How long a renewal waits for its answer before the next one is sent beside it: a lost answer must not cost the name. The
     * store may take longer to give up.
     */
    public Duration patience() {
        return length.dividedBy(ATTEMPTS_PER_LEASE);
    }

    private static void check(String name, Duration time, Duration length) {
        if (!time.isPositive() || time.multipliedBy(LEAST_PER_LEASE).compareTo(length) > 0) {
            throw new IllegalArgumentException(
                    name + " of " + time + " is not positive, or above a quarter of a lease of " + length);
        }
    }
}
