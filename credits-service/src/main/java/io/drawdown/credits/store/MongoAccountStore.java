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
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The collection {@code accounts}. */
public final class MongoAccountStore implements AccountStore {

    private static final String COLLECTION = "accounts";
    private static final String PENDING = "outbox.pending";
    private static final String DUE_AT = "money.dueAt";
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final ReactiveMongoCollection<Account> accounts;
    private final ReactiveMongoCollection<BsonDocument> raw;
    private final LinearizableReads<Account> deciding;
    private final Executor core;

    public MongoAccountStore(Database database) {
        this.accounts = database.collection(COLLECTION, Account.class);
        this.raw = accounts.withDocumentClass(BsonDocument.class);
        this.deciding = new LinearizableReads<>(database, COLLECTION, Account.class);
        this.core = database.core();
    }

    /** What the sweeps look for; documents without the field are not in these indexes. */
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
    public Uni<List<Account>> readAny(Collection<String> ids) {
        return list(Filters.in("_id", ids), new FindOptions());
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
        return list(Filters.eq(PENDING, true), new FindOptions().limit(limit));
    }

    @Override
    public Uni<List<String>> dueAccounts(Instant now, int limit) {
        FindOptions earliestFirst =
                new FindOptions().sort(Sorts.ascending(DUE_AT)).limit(limit).projection(Projections.include("_id"));
        return StoreFaults.ofRead(raw.find(Filters.lte(DUE_AT, now), earliestFirst)
                        .map(document -> document.getString("_id").getValue())
                        .collect()
                        .asList())
                .emitOn(core);
    }

    @Override
    public Uni<List<Account>> page(@Nullable String afterId, int limit) {
        return list(
                afterId == null ? Filters.empty() : Filters.gt("_id", afterId),
                new FindOptions().sort(Sorts.ascending("_id")).limit(limit));
    }

    private Uni<List<Account>> list(Bson filter, FindOptions options) {
        return StoreFaults.ofRead(accounts.find(filter, options).collect().asList())
                .emitOn(core);
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
