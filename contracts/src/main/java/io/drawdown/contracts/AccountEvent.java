package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of an account; the data of every event on {@link Topic#CREDITS_ACCOUNT}. Event id: {@code
 * <accountId>:<seq>}; seq is gap-free per account.
 *
 * @param amount change of the posted credits; zero if nothing was posted
 * @param account the account right after the change
 * @param hold the session's hold right after the change, if it concerns one
 * @param thresholdPercent the level that was crossed, for {@link EntryType#THRESHOLD_CROSSED}
 * @param parts the credits that each grant gained ({@link EntryType#GRANTED}) or lost
 * @param effectiveAt the moment at which a grant expired or became effective; {@code at} is when the service noticed it
 * @param plan the plan that the account has from now on, for {@link EntryType#PLAN_CHANGED}; absent: none
 * @param cause why credits came in ({@link EntryType#GRANTED}), e.g. {@code purchase pur_…}; absent for other types
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
// More than 8 components: flat on the wire.
public record AccountEvent(
        EntryType type,
        String accountId,
        Instant at,
        Credits amount,
        AccountView account,
        @Nullable HoldView hold,
        @Nullable Integer thresholdPercent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GrantPart> parts,
        @Nullable Instant effectiveAt,
        @Nullable String plan,
        @Nullable String cause) {

    /** An event from before events named their parts has no parts. */
    public AccountEvent {
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    public String id() {
        return accountId + ":" + account.seq();
    }
}
