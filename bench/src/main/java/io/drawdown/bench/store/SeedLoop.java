package io.drawdown.bench.store;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * How a metering loop is usually written, and how the service was that this suite replaces: for each session, one after the
 * other, find its account, take the credits with {@code $inc}, insert a row. It cannot tell a repetition and may overdraw.
 */
final class SeedLoop {

    private static final int SESSIONS = 1_000;

    private final MongoCollection<Document> accounts;
    private final MongoCollection<Document> usage;
    private final AtomicLong sessions = new AtomicLong();

    SeedLoop(MongoClient client, String database) {
        MongoDatabase own = client.getDatabase(database).withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        accounts = own.getCollection("users", Document.class);
        usage = own.getCollection("usage", Document.class);
    }

    void prepare() {
        accounts.drop();
        usage.drop();
        accounts.insertMany(IntStream.range(0, SESSIONS)
                .mapToObj(user -> new Document("_id", "user-" + user).append("credits", 1_000_000_000L))
                .toList());
    }

    /** One session of the loop. */
    void charge() {
        String user = "user-" + sessions.getAndIncrement() % SESSIONS;
        Document found =
                Objects.requireNonNull(accounts.find(Filters.eq("_id", user)).first());
        if (found.getLong("credits") > 0) {
            accounts.findOneAndUpdate(Filters.eq("_id", user), Updates.inc("credits", -30L));
            usage.insertOne(new Document("user", user).append("seconds", 30).append("credits", 30L));
        }
    }
}
