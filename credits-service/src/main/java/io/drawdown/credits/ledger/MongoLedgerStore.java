package io.drawdown.credits.ledger;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import io.drawdown.credits.ledger.KeyLookUps.AccountKey;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheQuery;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.LongStream;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The collection {@code ledger}: rows are inserted, never changed, never deleted. */
@Singleton
public final class MongoLedgerStore
        implements LedgerStore, IndexedStore, ReactivePanacheMongoRepositoryBase<LedgerRow, String> {

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final ReactiveMongoCollection<LedgerRow> rows;
    private final LinearizableReads<LedgerRow> deciding;
    private final KeyLookUps keys;
    private final Executor core;

    MongoLedgerStore(Database database) {
        this.rows = mongoCollection();
        this.deciding = database.latest(rows);
        this.core = database.core();
        this.keys = new KeyLookUps(this::ofKeys, core);
    }

    /** By session, and by key, which contains the account; by account and sequence is the {@code _id} itself. */
    @Override
    public Uni<Void> createIndexes() {
        return rows.createIndex(Indexes.ascending("session", "entry.seq"))
                .chain(() -> rows.createIndex(Indexes.ascending("key"), new IndexOptions().sparse(true)))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<String>> insertAll(List<LedgerRow> batch) {
        return StoreFaults.ofWrite(rows.insertMany(batch, UNORDERED).replaceWith(List.<String>of()))
                .onFailure(MongoLedgerStore::hasOnlyDuplicates)
                .recoverWithItem(fault -> duplicates(fault, batch))
                .emitOn(core);
    }

    @Override
    public Uni<Optional<LedgerRow>> byKey(String accountId, String keyHash) {
        return keys.row(new AccountKey(accountId, keyHash));
    }

    private Uni<List<LedgerRow>> ofKeys(List<AccountKey> asked) {
        return deciding.each(asked.stream().map(MongoLedgerStore::ofKey).toList(), () -> ofAny(asked))
                .emitOn(core);
    }

    private static Bson ofKey(AccountKey asked) {
        return Filters.and(Filters.eq("account", asked.accountId()), Filters.eq("key", asked.keyHash()));
    }

    private static Bson ofAny(List<AccountKey> asked) {
        return Filters.and(
                Filters.in(
                        "account",
                        asked.stream().map(AccountKey::accountId).distinct().toList()),
                Filters.in("key", asked.stream().map(AccountKey::keyHash).toList()));
    }

    @Override
    public Uni<Optional<LedgerRow>> row(String accountId, long seq) {
        return deciding.byId(LedgerRow.idOf(accountId, seq))
                .map(Optional::ofNullable)
                .emitOn(core);
    }

    /** The sequence has no gaps, so the rows are asked for by their ids. */
    @Override
    public Uni<List<LedgerRow>> range(String accountId, long fromSeq, long toSeq) {
        List<String> ids = LongStream.rangeClosed(fromSeq, toSeq)
                .mapToObj(seq -> LedgerRow.idOf(accountId, seq))
                .toList();
        return answer(find(Filters.in("_id", ids), Sorts.ascending("entry.seq")));
    }

    @Override
    public Uni<List<LedgerRow>> bySession(String accountId, String sessionId, @Nullable Long beforeSeq, int limit) {
        Bson ofSession = Filters.and(Filters.eq("session", sessionId), Filters.eq("account", accountId));
        Bson older = beforeSeq == null ? ofSession : Filters.and(ofSession, Filters.lt("entry.seq", beforeSeq));
        return answer(find(older, Sorts.descending("entry.seq")).range(0, limit - 1));
    }

    private Uni<List<LedgerRow>> answer(ReactivePanacheQuery<LedgerRow> query) {
        return StoreFaults.ofRead(query.<LedgerRow>list()).emitOn(core);
    }

    private static boolean hasOnlyDuplicates(Throwable fault) {
        return fault instanceof MongoBulkWriteException bulk
                && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static List<String> duplicates(Throwable fault, List<LedgerRow> batch) {
        return ((MongoBulkWriteException) fault)
                .getWriteErrors().stream()
                        .map(BulkWriteError::getIndex)
                        .map(index -> batch.get(index).id())
                        .toList();
    }
}
