package io.drawdown.credits.accounts;

import io.drawdown.contracts.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant as it is asked for.
 *
 * @param amount positive
 * @param effectiveAt absent: at once
 * @param expiresAt absent: never; otherwise later than it becomes effective and than now
 */
public record NewGrant(
        GrantKind kind,
        Credits amount,
        int priority,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt) {}
