package io.drawdown.bench.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.conversions.Bson;

/** Documents of credits-service as they are in its database: an account that was charged many times, and its last row. */
public record Samples(BsonDocument account, BsonDocument row) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Reads them, once nothing of the account is on its way to the ledger. */
    public static Samples read(MongoClient client, String database, String accountId) {
        MongoCollection<BsonDocument> accounts =
                client.getDatabase(database).getCollection("accounts", BsonDocument.class);
        MongoCollection<BsonDocument> ledger = client.getDatabase(database).getCollection("ledger", BsonDocument.class);
        Bson atRest = Filters.and(Filters.eq("_id", accountId), Filters.exists("outbox.pending", false));
        BsonDocument account = accounts.find(atRest).first();
        for (long until = System.nanoTime() + PATIENCE.toNanos(); account == null; ) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the account does not come to rest");
            }
            LockSupport.parkNanos(LOOK.toNanos());
            account = accounts.find(atRest).first();
        }
        return new Samples(
                account,
                Objects.requireNonNull(ledger.find(Filters.eq("account", accountId))
                        .sort(Sorts.descending("entry.seq"))
                        .first()));
    }

    public int accountBytes() {
        return bytes(account);
    }

    public int rowBytes() {
        return bytes(row);
    }

    private static int bytes(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .remaining();
    }
}
