package io.drawdown.embedded.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.drawdown.embedded.ServerChild;
import io.drawdown.embedded.kafka.FreePort;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MongoProcessTest {

    private static final int WRITERS = 8;
    private static final int ENOUGH = 2_000;

    @TempDir
    Path directory;

    private final int port = FreePort.find();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Integer> shown = new ConcurrentHashMap<>();

    @Test
    void killInTheMiddleOfWritesLosesNothingThatWasAcknowledgedOrShown() throws Exception {
        // Given
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS + 1);
                ServerChild server = ServerChild.start(MongoMain.class, directory, port);
                MongoClient client = connect()) {
            accounts(client).createIndex(Indexes.ascending("writer"));
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "writer-" + writer;
                writers.execute(() -> write(accounts(client), name));
            }
            writers.execute(() -> read(accounts(client)));
            await().until(() ->
                    acknowledged.values().stream().mapToInt(rev -> rev).sum() > ENOUGH);

            // When
            server.kill();
        }

        // Then
        try (ServerChild server = ServerChild.start(MongoMain.class, directory, port);
                MongoClient client = connect()) {
            assertThat(acknowledged).allSatisfy((id, rev) -> {
                Document found = accounts(client).find(eq("_id", id)).first();
                assertThat(found).isNotNull();
                assertThat(found.getInteger("rev")).isBetween(rev, rev + 1);
            });
            assertThat(shown).isNotEmpty().allSatisfy((id, rev) -> {
                Document found = accounts(client).find(eq("_id", id)).first();
                assertThat(found).isNotNull();
                assertThat(found.getInteger("rev")).isGreaterThanOrEqualTo(rev);
            });
            assertThat(server.stop()).isTrue();
        }
    }

    @Test
    void everyDocumentIsFoundByItsIndexAfterAKill() throws Exception {
        // Given
        killInTheMiddleOfWritesLosesNothingThatWasAcknowledgedOrShown();

        // When
        try (ServerChild server = ServerChild.start(MongoMain.class, directory, port);
                MongoClient client = connect()) {
            MongoCollection<Document> accounts = accounts(client);

            // Then
            for (Document account : accounts.find()) {
                assertThat(accounts.countDocuments(eq("_id", account.get("_id"))))
                        .isOne();
                assertThat(accounts.countDocuments(
                                and(eq("writer", account.get("writer")), eq("_id", account.get("_id")))))
                        .isOne();
            }
            assertThat(server.stop()).isTrue();
        }
    }

    /** Inserts documents and raises the revision of each ten times until the server is gone. */
    private void write(MongoCollection<Document> accounts, String writer) {
        try {
            for (int n = 0; ; n++) {
                String id = writer + "-" + n;
                accounts.insertOne(new Document("_id", id).append("rev", 0).append("writer", writer));
                acknowledged.put(id, 0);
                for (int rev = 0; rev < 10; rev++) {
                    accounts.updateOne(and(eq("_id", id), eq("rev", rev)), Updates.inc("rev", 1));
                    acknowledged.put(id, rev + 1);
                }
            }
        } catch (MongoException gone) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what is being written until the server is gone. */
    private void read(MongoCollection<Document> accounts) {
        try {
            while (true) {
                accounts.find()
                        .sort(new Document("_id", -1))
                        .limit(20)
                        .forEach(
                                account -> shown.merge(account.getString("_id"), account.getInteger("rev"), Math::max));
            }
        } catch (MongoException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private MongoClient connect() {
        return MongoClients.create("mongodb://127.0.0.1:" + port + "/?retryWrites=false&serverSelectionTimeoutMS=5000");
    }

    private static MongoCollection<Document> accounts(MongoClient client) {
        return client.getDatabase("credits").getCollection("accounts");
    }
}
