package io.drawdown.bench.tasks;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.drawdown.bench.load.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/** Many documents of tasks that are over, or that are not due for long: copies of real ones, under other ids. */
final class Seeded {

    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final MongoCollection<BsonDocument> tasks;

    Seeded(MongoClient client, String database) {
        tasks = client.getDatabase(database).getCollection("tasks", BsonDocument.class);
    }

    /** Copies the task once it is in that state and its events are out. */
    void copy(String taskId, String state, int count) {
        BsonDocument one = atRest(taskId, state);
        List<BsonDocument> page = new ArrayList<>();
        for (int each = 1; each <= count; each++) {
            BsonDocument copy = one.clone();
            copy.put("_id", new BsonString(taskId + each));
            page.add(copy);
            if (page.size() == PAGE || each == count) {
                tasks.insertMany(page);
                page.clear();
            }
        }
    }

    private BsonDocument atRest(String taskId, String state) {
        Bson filter = Filters.and(
                Filters.eq("_id", taskId), Filters.eq("state.name", state), Filters.exists("outbox.pending", false));
        BsonDocument found = tasks.find(filter).first();
        for (long until = System.nanoTime() + PATIENCE.toNanos(); found == null && System.nanoTime() < until; ) {
            Pause.of(LOOK);
            found = tasks.find(filter).first();
        }
        return Objects.requireNonNull(found, taskId + " does not come to rest");
    }
}
