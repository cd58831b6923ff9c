package io.drawdown.bench.store;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * What a charge costs at the least: the guarded replacement of an account's document, and the insertion of its row, by the
 * driver alone. The documents are copies of real ones.
 */
final class BareStore {

    private static final int COPIES = 1_000;

    private final MongoCollection<BsonDocument> accounts;
    private final MongoCollection<BsonDocument> rows;
    private final BsonDocument account;
    private final BsonDocument row;
    private final AtomicLongArray revs = new AtomicLongArray(COPIES);

    /** The copies that no operation is about, so that no two meet at one document. */
    private final BlockingQueue<Integer> free = new ArrayBlockingQueue<>(COPIES);

    private final AtomicLong insertions = new AtomicLong();

    BareStore(MongoClient client, String database, Samples samples) {
        MongoDatabase own = client.getDatabase(database)
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true))
                .withReadConcern(ReadConcern.MAJORITY);
        accounts = own.getCollection("accounts", BsonDocument.class);
        rows = own.getCollection("ledger", BsonDocument.class);
        account = samples.account();
        row = samples.row();
    }

    /** Puts the documents there, with the indexes of the real collections. */
    void prepare() {
        accounts.drop();
        rows.drop();
        IndexOptions sparse = new IndexOptions().sparse(true);
        accounts.createIndex(Indexes.ascending("outbox.pending"), sparse);
        accounts.createIndex(Indexes.ascending("money.dueAt"), sparse);
        rows.createIndex(Indexes.ascending("session", "entry.seq"));
        rows.createIndex(Indexes.ascending("key"), sparse);
        List<BsonDocument> copies = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
            copies.add(account(copy, 0));
            free.add(copy);
        }
        accounts.insertMany(copies);
    }

    private BsonDocument account(int copy, long rev) {
        BsonDocument document = account.clone();
        document.put("_id", new BsonString("bare-" + copy));
        document.put("rev", new BsonInt64(rev));
        return document;
    }

    void replace() {
        int copy = free.remove();
        try {
            long rev = revs.getAndIncrement(copy);
            UpdateResult result = accounts.replaceOne(
                    Filters.and(Filters.eq("_id", "bare-" + copy), Filters.eq("rev", rev)), account(copy, rev + 1));
            if (result.getMatchedCount() != 1) {
                throw new IllegalStateException("the document was not as it was left");
            }
        } finally {
            free.add(copy);
        }
    }

    void insertRow() {
        long number = insertions.getAndIncrement();
        BsonDocument document = row.clone();
        document.put("_id", new BsonString("bare:" + number));
        document.put("account", new BsonString("bare-" + number % COPIES));
        document.put("key", new BsonString("key-" + number));
        rows.insertOne(document);
    }

    void replaceAndInsertRow() {
        replace();
        insertRow();
    }
}
