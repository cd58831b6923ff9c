package io.drawdown.bench.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Documents of credits-service as they are in its database: an account that was charged many times, and its last row. */
public record Samples(BsonDocument account, BsonDocument row) {

    /** Reads them. The account and its row must exist. */
    public static Samples read(MongoClient client, String database, String accountId) {
        MongoCollection<BsonDocument> accounts =
                client.getDatabase(database).getCollection("accounts", BsonDocument.class);
        MongoCollection<BsonDocument> ledger = client.getDatabase(database).getCollection("ledger", BsonDocument.class);
        return new Samples(
                Objects.requireNonNull(
                        accounts.find(Filters.eq("_id", accountId)).first()),
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
