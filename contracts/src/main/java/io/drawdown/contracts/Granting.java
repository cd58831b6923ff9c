package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The internal calls of billing-batch to credits-service, about an account whose credits are bought: {@code GET
 * /api/v1/internal/accounts/{id}} and {@code POST /api/v1/internal/accounts/{id}/grants}. Every answer comes with status 200; if
 * credits-service is unavailable, it answers with a problem of status 503 instead.
 */
public final class Granting {

    private Granting() {}

    /** What may be done with an account. */
    public enum StandingStatus {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("suspended")
        SUSPENDED,
        /** For ever. */
        @JsonProperty("closed")
        CLOSED,
        /** There is no such account. */
        @JsonProperty("missing")
        MISSING
    }

    /**
     * An account, read after the request.
     *
     * @param account its money; absent if there is no such account
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Standing(StandingStatus status, @Nullable AccountView account) {}

    /**
     * Gives credits, once for ever under its key.
     *
     * @param key in the namespace of services, which no client can write
     * @param expiresAt absent: never
     * @param reference why, for people and for readers of events; it is the cause of the ledger's row
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Grant(
            String key,
            GrantKind kind,
            Credits amount,
            @Nullable Instant expiresAt,
            String reference) {}

    /** What became of a grant; each is final. */
    public enum GrantOutcome {
        /** The credits were given, by this call or by an earlier one with the same key. */
        @JsonProperty("granted")
        GRANTED,
        /** They were not, and never will be under this key. */
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * What credits-service decided.
     *
     * @param seq of the ledger's row that gave the credits; absent if they were refused
     * @param problem why they were refused; else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GrantAnswer(
            GrantOutcome outcome,
            @Nullable Long seq,
            @Nullable ProblemType problem) {}
}
