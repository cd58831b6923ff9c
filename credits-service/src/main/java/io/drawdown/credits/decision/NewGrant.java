package io.drawdown.credits.decision;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant as it is asked for.
 *
 * @param amount positive
 * @param priority from 0 to {@value #LAST_PRIORITY}, lower burns first
 * @param effectiveAt absent: at once
 * @param expiresAt absent: never; otherwise later than it becomes effective and than now
 */
public record NewGrant(
        GrantKind kind,
        Credits amount,
        int priority,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt) {

    /** Burns after all others. */
    public static final int LAST_PRIORITY = 1_000;

    /**
     * The priority of a grant that names none, whatever its kind: in the middle, so that a grant can be put before or
     * behind the usual ones. The usual ones then burn by their expiry, and no paid credits expire while promos are left
     * that last longer.
     */
    public static final int DEFAULT_PRIORITY = 500;
}
