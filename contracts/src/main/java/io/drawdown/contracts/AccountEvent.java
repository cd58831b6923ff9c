package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an account; the data of every event on {@link Topic#CREDITS_ACCOUNT}. Event id: {@code
 * <accountId>:<seq>}; seq is gap-free per account.
 *
 * @param amount change of the posted credits; zero where nothing was posted
 * @param account the account right after this
 * @param hold the session's hold right after this, where one is concerned
 * @param thresholdPercent the level that was crossed, for {@link EntryType#THRESHOLD_CROSSED}
 * @param parts what came into which grant ({@link EntryType#GRANTED}), or went out of it
 * @param effectiveAt the moment at which a grant expired or became effective; {@code at} is when that was noticed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountEvent(
        EntryType type,
        String accountId,
        Instant at,
        Credits amount,
        AccountView account,
        @Nullable HoldView hold,
        @Nullable Integer thresholdPercent,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GrantPart> parts,
        @Nullable Instant effectiveAt) {

    /** An event that was written before events named their parts has none. */
    public AccountEvent {
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    public String id() {
        return accountId + ":" + account.seq();
    }
}
