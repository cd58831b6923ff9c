package io.drawdown.credits.http;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.kit.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Credits to be given to an account.
 *
 * @param priority lower burns first; absent: {@value NewGrant#DEFAULT_PRIORITY}, whatever the kind. Of equal priority the
 *     earlier expiry burns first, then given before paid credits, then the older grant
 * @param effectiveAt absent: at once
 * @param expiresAt absent: never
 */
public record GrantRequest(
        @NotNull GrantKind kind,
        @NotNull Credits amount,
        @Nullable @Min(0) @Max(NewGrant.LAST_PRIORITY) Integer priority,
        @Nullable Instant effectiveAt,
        @Nullable Instant expiresAt) {

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws ProblemException if an instant cannot be stored */
    public NewGrant asked() {
        return new NewGrant(
                kind,
                amount,
                priority == null ? NewGrant.DEFAULT_PRIORITY : priority,
                kept("effective_at", effectiveAt),
                kept("expires_at", expiresAt));
    }

    /** The same grant in its shortest spelling, so that a default that is spelled out under a key is the same request. */
    public GrantRequest normal() {
        NewGrant grant = asked();
        return new GrantRequest(
                kind,
                amount,
                grant.priority() == NewGrant.DEFAULT_PRIORITY ? null : priority,
                grant.effectiveAt(),
                grant.expiresAt());
    }

    /** The instant in whole milliseconds, as the database stores it. */
    private static @Nullable Instant kept(String field, @Nullable Instant instant) {
        if (instant == null) {
            return null;
        }
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, field + " is between 1970 and 9999");
        }
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
