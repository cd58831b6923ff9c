package io.drawdown.sessions.document;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.drawdown.contracts.EndReason;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.store.Guarded;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.store.LinearizableReads;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.sessions.document.SessionState.Name;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

/** The sessions' documents in MongoDB. */
@Singleton
public final class MongoSessions
        implements SessionStore, IndexedStore, ReactivePanacheMongoRepositoryBase<SessionDocument, String> {

    private static final String INCARNATION = "owner.incarnation";
    private static final String STATE = "state.name";
    private static final String HEARD = "state.heardAt";
    private static final String END_WANTED = "endWanted";
    private static final String PENDING = "outbox.pending";
    private static final Bson OPEN =
            in(STATE, Name.STARTING.name(), Name.RUNNING.name(), Name.DETACHED.name(), Name.RESUMING.name());

    private static final Bson IS_END_WANTED = in(
            END_WANTED, Arrays.stream(EndReason.values()).map(EndReason::name).toList());

    private final ReactiveMongoCollection<SessionDocument> sessions;
    private final LinearizableReads<SessionDocument> reads;
    private final Executor core;

    MongoSessions(Database database) {
        this.sessions = mongoCollection();
        this.reads = database.latest(sessions);
        this.core = database.core();
    }

    @Override
    public Uni<Void> createIndexes() {
        return sessions.createIndexes(List.of(
                        new IndexModel(Indexes.ascending(PENDING), new IndexOptions().sparse(true)),
                        new IndexModel(Indexes.ascending(INCARNATION, STATE)),
                        new IndexModel(Indexes.ascending(END_WANTED, STATE)),
                        new IndexModel(Indexes.ascending(STATE, "origin.createdAt")),
                        new IndexModel(Indexes.ascending(HEARD), new IndexOptions().sparse(true)),
                        new IndexModel(Indexes.ascending("origin.accountId", "_id"))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<SessionDocument>> get(String id) {
        return reads.byId(id).emitOn(core).map(Optional::ofNullable);
    }

    @Override
    public Uni<Boolean> insert(SessionDocument document) {
        return Guarded.insert(sessions, document).emitOn(core);
    }

    @Override
    public Uni<Boolean> replace(SessionDocument before, SessionDocument next) {
        Bson asRead = and(eq("_id", before.id()), eq("revision.rev", before.rev()));
        return Guarded.replace(sessions, asRead, next).emitOn(core);
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        Bson emptied = Updates.combine(Updates.set("outbox.events", List.of()), Updates.unset(PENDING));
        List<UpdateOneModel<SessionDocument>> trims = drainedTo.entrySet().stream()
                .map(each -> new UpdateOneModel<SessionDocument>(
                        and(eq("_id", each.getKey()), eq("outbox.seq", each.getValue())), emptied))
                .toList();
        return trims.isEmpty()
                ? Uni.createFrom().voidItem()
                : StoreFaults.ofWrite(sessions.bulkWrite(trims, new BulkWriteOptions().ordered(false)))
                        .emitOn(core)
                        .replaceWithVoid();
    }

    @Override
    public Uni<List<SessionDocument>> pending(int limit) {
        return some(eq(PENDING, true), limit);
    }

    @Override
    public Uni<List<SessionDocument>> ofOwners(Owned which, int limit) {
        Bson state = which.onlyResuming() ? eq(STATE, Name.RESUMING.name()) : OPEN;
        return some(and(in(INCARNATION, which.incarnations()), state, gt("_id", which.afterId())), limit);
    }

    @Override
    public Uni<List<String>> endsWanted(String incarnation, int limit) {
        return some(and(eq(INCARNATION, incarnation), IS_END_WANTED, OPEN), limit)
                .map(found -> found.stream().map(SessionDocument::id).toList());
    }

    @Override
    public Uni<List<SessionDocument>> endsWanted(int limit) {
        return some(and(IS_END_WANTED, OPEN), limit);
    }

    @Override
    public Uni<List<SessionDocument>> startingBefore(Instant created, int limit) {
        return some(and(eq(STATE, Name.STARTING.name()), lt("origin.createdAt", created)), limit);
    }

    @Override
    public Uni<List<SessionDocument>> open(OpenSessions which, int limit) {
        return some(
                and(
                        or(OPEN, eq(STATE, Name.REPORTED.name())),
                        equal("origin.accountId", which.accountId()),
                        equal("origin.kind", which.kind()),
                        equal("owner.instance", which.instance()),
                        which.afterId() == null ? empty() : gt("_id", which.afterId())),
                limit);
    }

    private static Bson equal(String field, @Nullable String wanted) {
        return wanted == null ? empty() : eq(field, wanted);
    }

    @Override
    public Uni<List<SessionDocument>> heardBefore(Instant heard, String afterId, int limit) {
        return some(and(eq(STATE, Name.REPORTED.name()), lt(HEARD, heard), gt("_id", afterId)), limit);
    }

    @Override
    public Uni<List<SessionDocument>> page(@Nullable String accountId, @Nullable String cursor, int limit) {
        return some(
                and(
                        accountId == null ? empty() : eq("origin.accountId", accountId),
                        cursor == null ? empty() : gt("_id", cursor)),
                limit);
    }

    private Uni<List<SessionDocument>> some(Bson filter, int limit) {
        return StoreFaults.ofRead(
                        find(filter, Sorts.ascending("_id")).range(0, limit - 1).<SessionDocument>list())
                .emitOn(core);
    }
}
