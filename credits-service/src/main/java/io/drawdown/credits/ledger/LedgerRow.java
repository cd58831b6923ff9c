package io.drawdown.credits.ledger;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it stands in the ledger; never changed, never deleted.
 *
 * @param id {@code <accountId>:<seq>}
 * @param session the session it concerns, for look-ups
 * @param key hash of the idempotency key that caused it, for look-ups
 */
@MongoEntity(collection = "ledger")
public record LedgerRow(
        @BsonId String id,
        int schema,
        String account,
        @Nullable String session,
        @Nullable String key,
        Entry entry) {

    /** The version of the row's shape. */
    public static final int SCHEMA = 4;

    public static LedgerRow of(String accountId, Entry entry) {
        Hold hold = entry.hold();
        return new LedgerRow(
                idOf(accountId, entry.seq()),
                SCHEMA,
                accountId,
                hold == null ? null : hold.id(),
                entry.keyHash(),
                entry);
    }

    public static String idOf(String accountId, long seq) {
        return accountId + ":" + seq;
    }

    /** The rows that the account's outbox stands for. */
    static List<LedgerRow> outboxOf(Account account) {
        return account.outbox().entries().stream()
                .map(entry -> of(account.id(), entry))
                .toList();
    }
}
