package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an account; the data of every event on {@link Topic#CREDITS_ACCOUNT}. Event id: {@code
 * <accountId>:<seq>}; seq is gap-free per account.
 *
 * @param amount change of the posted credits; zero where nothing was posted
 * @param account the account right after this
 * @param hold the session's hold right after this, where one is concerned
 * @param thresholdPercent the level that was crossed, for {@link EntryType#THRESHOLD_CROSSED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountEvent(
        EntryType type,
        String accountId,
        Instant at,
        Credits amount,
        AccountView account,
        @Nullable HoldView hold,
        @Nullable Integer thresholdPercent) {

    public String id() {
        return accountId + ":" + account.seq();
    }
}
