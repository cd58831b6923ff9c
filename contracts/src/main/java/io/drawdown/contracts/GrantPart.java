package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credits that one grant gained or lost, with the terms of that grant, so that a reader can tell paid credits from given
 * ones even after the grant is spent.
 *
 * @param priority lower burns first
 * @param effectiveAt from when on the credits can be used
 * @param expiresAt from when on nothing new can use them; absent if never
 * @param amount not negative; zero when a grant only became effective
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantPart(
        String grantId,
        GrantKind kind,
        int priority,
        Instant effectiveAt,
        @Nullable Instant expiresAt,
        Credits amount) {}
