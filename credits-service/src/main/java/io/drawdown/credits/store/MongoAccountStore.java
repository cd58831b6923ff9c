package io.drawdown.credits.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.drawdown.credits.account.Account;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheQuery;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The collection {@code accounts}. */
@Singleton
public final class MongoAccountStore
        implements AccountStore, IndexedStore, ReactivePanacheMongoRepositoryBase<Account, String> {

    private static final String PENDING = "outbox.pending";
    private static final String DUE_AT = "money.dueAt";
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final ReactiveMongoCollection<Account> accounts;
    private final LinearizableReads<Account> deciding;
    private final Executor core;

    MongoAccountStore(Database database) {
        this.accounts = mongoCollection();
        this.deciding = database.latest(accounts);
        this.core = database.core();
    }

    /** What the sweeps look for; documents without the field are not in these indexes. */
    @Override
    public Uni<Void> createIndexes() {
        IndexOptions sparse = new IndexOptions().sparse(true);
        return accounts.createIndex(Indexes.ascending(PENDING), sparse)
                .chain(() -> accounts.createIndex(Indexes.ascending(DUE_AT), sparse))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Account>> readLatest(String id) {
        return deciding.byId(id).map(Optional::ofNullable).emitOn(core);
    }

    @Override
    public Uni<List<Account>> readMaybeStale(Collection<String> ids) {
        return answer(find(Filters.in("_id", ids)));
    }

    @Override
    public Uni<Boolean> insert(Account account) {
        return Guarded.insert(accounts, account).emitOn(core);
    }

    @Override
    public Uni<Boolean> replace(Account next, long expectedRev) {
        return Guarded.replace(accounts, next.id(), expectedRev, next).emitOn(core);
    }

    @Override
    public Uni<Long> replaceAll(List<Replacement> replacements) {
        return bulk(replacements.stream().map(MongoAccountStore::model).toList());
    }

    @Override
    public Uni<Long> trim(List<Trim> trims) {
        return bulk(trims.stream().map(MongoAccountStore::model).toList());
    }

    @Override
    public Uni<List<Account>> pendingAccounts(int limit) {
        return answer(find(Filters.eq(PENDING, true)).range(0, limit - 1));
    }

    @Override
    public Uni<List<Account>> pendingAmong(Collection<String> ids) {
        return answer(find(Filters.and(Filters.in("_id", ids), Filters.eq(PENDING, true))));
    }

    /** Panache reads whole documents into records, so this asks the collection, for the ids alone. */
    @Override
    public Uni<List<String>> dueAccounts(Instant now, int limit) {
        FindOptions earliestFirst =
                new FindOptions().sort(Sorts.ascending(DUE_AT)).limit(limit).projection(Projections.include("_id"));
        return StoreFaults.ofRead(accounts.withDocumentClass(BsonDocument.class)
                        .find(Filters.lte(DUE_AT, now), earliestFirst)
                        .map(document -> document.getString("_id").getValue())
                        .collect()
                        .asList())
                .emitOn(core);
    }

    @Override
    public Uni<List<Account>> page(@Nullable String afterId, int limit) {
        Bson after = afterId == null ? Filters.empty() : Filters.gt("_id", afterId);
        return answer(find(after, Sorts.ascending("_id")).range(0, limit - 1));
    }

    private Uni<List<Account>> answer(ReactivePanacheQuery<Account> query) {
        return StoreFaults.ofRead(query.<Account>list()).emitOn(core);
    }

    /** A bulk of which the server refused a part says nothing certain of any part. */
    private Uni<Long> bulk(List<WriteModel<Account>> writes) {
        return StoreFaults.ofWrite(accounts.bulkWrite(writes, UNORDERED))
                .map(done -> (long) done.getMatchedCount())
                .onFailure(MongoBulkWriteException.class)
                .transform(e -> new OutcomeUnknown("a part of a bulk write was refused", e))
                .emitOn(core);
    }

    private static WriteModel<Account> model(Replacement replacement) {
        return new ReplaceOneModel<>(
                Guarded.asRead(replacement.next().id(), replacement.expectedRev()), replacement.next());
    }

    private static WriteModel<Account> model(Trim trim) {
        Bson pull = Updates.pullByFilter(Filters.eq("outbox.entries", Filters.lte("seq", trim.drainedTo())));
        return new UpdateOneModel<>(
                Guarded.asRead(trim.id(), trim.rev()),
                trim.isEmptyAfterwards() ? Updates.combine(pull, Updates.unset(PENDING)) : pull);
    }
}
