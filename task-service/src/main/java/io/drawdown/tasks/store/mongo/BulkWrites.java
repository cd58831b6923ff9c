package io.drawdown.tasks.store.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

/**
 * Writes many documents by one command, and tells what became of each. The counts of a bulk do not say that: those of an insert
 * include what was refused, and those of a replacement do not name what was lost.
 */
final class BulkWrites {

    private static final InsertManyOptions INSERTS = new InsertManyOptions().ordered(false);
    private static final BulkWriteOptions REPLACEMENTS = new BulkWriteOptions().ordered(false);

    private final ReactiveMongoCollection<TaskDocument> tasks;

    /** @param tasks reads of it show what a majority has */
    BulkWrites(ReactiveMongoCollection<TaskDocument> tasks) {
        this.tasks = tasks;
    }

    /** See {@link TaskStore#insertAll}. */
    Uni<List<Boolean>> insert(List<TaskDocument> documents) {
        if (documents.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return StoreFaults.ofWrite(tasks.insertMany(documents, INSERTS).replaceWith(Set.<Integer>of()))
                .onFailure(BulkWrites::hasOnlyDuplicates)
                .recoverWithItem(BulkWrites::refused)
                .map(refused -> IntStream.range(0, documents.size())
                        .mapToObj(index -> !refused.contains(index))
                        .toList());
    }

    /** See {@link TaskStore#replaceAll}. */
    Uni<Set<String>> replace(List<TaskDocument> next) {
        if (next.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        List<ReplaceOneModel<TaskDocument>> replacements =
                next.stream().map(BulkWrites::replacement).toList();
        return StoreFaults.ofWrite(tasks.bulkWrite(replacements, REPLACEMENTS))
                .map(done -> done.getMatchedCount() == next.size())
                .onFailure(BulkWrites::hasOnlyDuplicates)
                .recoverWithItem(false)
                .chain(isAll -> isAll ? Uni.createFrom().item(ids(next, document -> true)) : readAgain(next));
    }

    private static ReplaceOneModel<TaskDocument> replacement(TaskDocument next) {
        return new ReplaceOneModel<>(and(eq(Fields.ID, next.id()), eq(Fields.REV, next.rev() - 1)), next);
    }

    /**
     * Those that show the id of our write. One that was written again since may have been ours: then the outcome of all is
     * unknown.
     */
    private Uni<Set<String>> readAgain(List<TaskDocument> next) {
        FindOptions marks = new FindOptions().projection(Projections.include(Fields.WRITE_ID, Fields.REV));
        return StoreFaults.ofRead(tasks.withDocumentClass(BsonDocument.class)
                        .find(in(Fields.ID, ids(next, document -> true)), marks)
                        .map(BulkWrites::mark)
                        .collect()
                        .asMap(Mark::id))
                .onFailure(Unavailable.class)
                .transform(e -> new OutcomeUnknown("a bulk lost some of its writes, and nobody could say which", e))
                .map(marked -> ids(next, document -> isOurs(document, marked.get(document.id()))));
    }

    private static boolean isOurs(TaskDocument next, @Nullable Mark found) {
        boolean isOurs = found != null && found.writeId().equals(next.writeId());
        if (found != null && !isOurs && found.rev() > next.rev()) {
            throw new OutcomeUnknown("a task was written again before the bulk was looked at: " + next.id());
        }
        return isOurs;
    }

    /** A document as one write left it. */
    private record Mark(String id, String writeId, long rev) {}

    private static Mark mark(BsonDocument found) {
        return new Mark(
                found.getString(Fields.ID).getValue(),
                found.getDocument("revision").getString("writeId").getValue(),
                found.getDocument("revision").getNumber("rev").longValue());
    }

    private static Set<String> ids(List<TaskDocument> documents, Predicate<TaskDocument> filter) {
        return documents.stream().filter(filter).map(TaskDocument::id).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean hasOnlyDuplicates(Throwable fault) {
        return fault instanceof MongoBulkWriteException bulk
                && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static Set<Integer> refused(Throwable fault) {
        return ((MongoBulkWriteException) fault)
                .getWriteErrors().stream().map(BulkWriteError::getIndex).collect(Collectors.toUnmodifiableSet());
    }
}
