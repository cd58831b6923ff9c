package io.drawdown.tasks.store.mongo;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.TaskPages;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Ready;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;

/**
 * Lists of tasks in MongoDB. One of an account, a type, a tag or a tenant walks an index in the order of the list. One of a state
 * alone reads the tasks of that state, by the index over what only they have.
 */
@Singleton
public final class MongoTaskPages implements TaskPages, ReactivePanacheMongoRepositoryBase<TaskDocument, String> {

    private static final Bson LATEST_FIRST =
            Sorts.orderBy(Sorts.descending(Fields.CREATED_AT), Sorts.descending(Fields.ID));

    private static final Comparator<TaskDocument> LATEST = Comparator.comparing(
                    (TaskDocument task) -> task.spec().sender().createdAt())
            .thenComparing(TaskDocument::id)
            .reversed();

    static final Bson SHOWN = Projections.exclude(Fields.PAYLOAD, Fields.RESULT, Fields.STEPS, Fields.LOG);

    @Override
    public Uni<List<TaskDocument>> page(Query query) {
        Position after = query.after();
        if (after == null) {
            return latest(query, List.of(), query.limit());
        }
        Bson sameMoment = and(eq(Fields.CREATED_AT, after.createdAt()), lt(Fields.ID, after.id()));
        return latest(query, List.of(sameMoment), query.limit()).chain(found -> more(query, after.createdAt(), found));
    }

    @Override
    public Uni<Integer> ahead(Ready place, String id, int most) {
        return count(place, lt(Fields.READY_AT, place.at()), most)
                .chain(earlier -> earlier == most
                        ? Uni.createFrom().item(most)
                        : count(place, and(eq(Fields.READY_AT, place.at()), lt(Fields.ID, id)), most - earlier)
                                .map(same -> earlier + same));
    }

    private Uni<Integer> count(Ready place, Bson which, int most) {
        Bson before = and(
                eq(Fields.READY_QUEUE, place.queue()),
                eq(Fields.READY_LANE, place.lane().name()),
                eq(Fields.READY_TENANT, place.tenant()),
                which);
        FindOptions ids = new FindOptions().limit(most).projection(Projections.include(Fields.ID));
        return StoreFaults.ofRead(mongoCollection()
                .withDocumentClass(Document.class)
                .find(before, ids)
                .collect()
                .with(Collectors.collectingAndThen(Collectors.counting(), Math::toIntExact)));
    }

    private Uni<List<TaskDocument>> more(Query query, Instant before, List<TaskDocument> found) {
        int missing = query.limit() - found.size();
        return missing == 0
                ? Uni.createFrom().item(found)
                : latest(query, List.of(lt(Fields.CREATED_AT, before)), missing)
                        .map(rest ->
                                Stream.concat(found.stream(), rest.stream()).toList());
    }

    private Uni<List<TaskDocument>> latest(Query query, List<Bson> place, int limit) {
        List<Uni<List<TaskDocument>>> each = sources(query.filter()).stream()
                .map(source -> find(and(all(query, place, source)), limit))
                .toList();
        return Uni.join().all(each).andFailFast().map(lists -> merged(lists, limit));
    }

    /** What leads to the tasks by an index. A task that waits has a place in the queue, or an order key. */
    private static List<Bson> sources(Filter filter) {
        if (filter.isIndexed() || filter.state() == null) {
            return List.of(new Document());
        }
        return switch (filter.state()) {
            case SCHEDULED -> List.of(gt(Fields.DUE_AT, Instant.EPOCH));
            case PENDING -> List.of(gt(Fields.READY_QUEUE, ""), gt(Fields.ORDER_KEY, ""));
            case PROCESSING -> List.of(gt(Fields.OWNER, ""));
            case COMPLETED, FAILED, CANCELLED, DEAD -> List.of(gt(Fields.REMOVE_AT, Instant.EPOCH));
        };
    }

    private static List<Bson> all(Query query, List<Bson> place, Bson source) {
        Filter filter = query.filter();
        List<Bson> all = new ArrayList<>(place);
        all.add(source);
        addIfGiven(all, Fields.ACCOUNT, filter.account());
        addIfGiven(all, Fields.TYPE, filter.type());
        addIfGiven(all, Fields.TAGS, filter.tag());
        addIfGiven(all, Fields.TENANT, filter.tenant());
        addIfGiven(
                all, Fields.LANE, filter.lane() == null ? null : filter.lane().name());
        addIfGiven(
                all,
                Fields.STATE,
                filter.state() == null ? null : filter.state().name());
        if (query.created().from() != null) {
            all.add(gt(Fields.CREATED_AT, query.created().from().minusMillis(1)));
        }
        if (query.created().until() != null) {
            all.add(lt(Fields.CREATED_AT, query.created().until()));
        }
        return all;
    }

    private static void addIfGiven(List<Bson> all, String field, @Nullable String value) {
        if (value != null) {
            all.add(eq(field, value));
        }
    }

    private Uni<List<TaskDocument>> find(Bson filter, int limit) {
        FindOptions options = new FindOptions().sort(LATEST_FIRST).limit(limit).projection(SHOWN);
        return StoreFaults.ofRead(
                mongoCollection().find(filter, options).collect().asList());
    }

    private static List<TaskDocument> merged(List<List<TaskDocument>> lists, int limit) {
        if (lists.size() == 1) {
            return lists.getFirst();
        }
        Map<String, TaskDocument> byId = lists.stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(TaskDocument::id, task -> task, (one, same) -> one));
        return byId.values().stream().sorted(LATEST).limit(limit).toList();
    }
}
