package io.drawdown.tasks.store.mongo;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.drawdown.kit.store.StoreFaults;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.TaskState.Letter;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

/** Dead tasks in MongoDB. Each query walks an index over what only dead tasks have, in the order of the list. */
@Singleton
public final class MongoDeadLetters implements DeadLetters, ReactivePanacheMongoRepositoryBase<TaskDocument, String> {

    private static final Bson LATEST_FIRST = Sorts.descending(Fields.LETTER_PLACE);
    private static final Bson GROUPED = Projections.include("state.letter", Fields.OVER_AT, Fields.FAILURE);

    @Override
    public Uni<List<DeadTask>> latest(@Nullable String type, String before, int limit) {
        Bson place = lt(Fields.LETTER_PLACE, before);
        Bson filter = type == null ? place : and(eq(Fields.LETTER_TYPE, type), place);
        return StoreFaults.ofRead(mongoCollection()
                .withDocumentClass(BsonDocument.class)
                .find(filter, first(limit).projection(GROUPED))
                .map(MongoDeadLetters::row)
                .collect()
                .asList());
    }

    @Override
    public Uni<List<TaskDocument>> ofGroup(String group, String before, int limit) {
        Bson filter = and(eq(Fields.LETTER_GROUP, group), lt(Fields.LETTER_PLACE, before));
        return StoreFaults.ofRead(mongoCollection()
                .find(filter, first(limit).projection(MongoTaskPages.SHOWN))
                .collect()
                .asList());
    }

    private static FindOptions first(int limit) {
        return new FindOptions().sort(LATEST_FIRST).limit(limit);
    }

    private static DeadTask row(BsonDocument found) {
        BsonDocument state = found.getDocument("state");
        BsonDocument letter = state.getDocument("letter");
        BsonDocument failure = state.getDocument("failure");
        return new DeadTask(
                found.getString(Fields.ID).getValue(),
                new Letter(text(letter, "group"), text(letter, "type"), text(letter, "place")),
                Instant.ofEpochMilli(state.getDateTime("at").getValue()),
                new TaskFailure(
                        Reason.valueOf(text(failure, "reason")),
                        textOrNull(failure, "error"),
                        textOrNull(failure, "message")));
    }

    private static String text(BsonDocument document, String field) {
        return document.getString(field).getValue();
    }

    private static @Nullable String textOrNull(BsonDocument document, String field) {
        return document.get(field) instanceof BsonString text ? text.getValue() : null;
    }
}
