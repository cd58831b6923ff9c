package io.drawdown.bench.batch;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.drawdown.bench.load.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.bson.BsonDocument;

/** Many documents like one that the service has stored. */
final class Copies {

    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final MongoDatabase database;

    Copies(MongoDatabase database) {
        this.database = database;
    }

    /**
     * Stores so many copies of the document, once its events are out.
     *
     * @param edit gives the copy of a number, from 0 on, its own id
     */
    void make(String collection, String id, int count, ObjIntConsumer<BsonDocument> edit) {
        MongoCollection<BsonDocument> documents = database.getCollection(collection, BsonDocument.class);
        BsonDocument one = atRest(documents, id);
        List<BsonDocument> page = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            BsonDocument copy = one.clone();
            edit.accept(copy, each);
            page.add(copy);
            if (page.size() == PAGE || each == count - 1) {
                documents.insertMany(page);
                page.clear();
            }
        }
    }

    private static BsonDocument atRest(MongoCollection<BsonDocument> documents, String id) {
        var filter = Filters.and(Filters.eq("_id", id), Filters.exists("outbox.pending", false));
        BsonDocument found = documents.find(filter).first();
        for (long until = System.nanoTime() + PATIENCE.toNanos(); found == null && System.nanoTime() < until; ) {
            Pause.of(LOOK);
            found = documents.find(filter).first();
        }
        return Objects.requireNonNull(found, id + " does not come to rest");
    }
}
