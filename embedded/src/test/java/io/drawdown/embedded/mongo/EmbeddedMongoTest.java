package io.drawdown.embedded.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Isolated("answers within some time")
class EmbeddedMongoTest {

    private static final int DOCUMENTS = 50_000;

    @TempDir
    Path directory;

    private final Stopwatch stopwatch = new Stopwatch();
    private EmbeddedMongo mongo;
    private MongoClient client;
    private MongoCollection<Document> accounts;

    @BeforeEach
    void start() {
        mongo = EmbeddedMongo.start(directory, 0);
        client = connect();
        accounts = client.getDatabase("credits").getCollection("accounts");
    }

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    @Test
    void guardedWriteOnManyDocumentsTakesLessThanTenMilliseconds() {
        // Given
        insertAccounts(DOCUMENTS);

        // When
        List<Long> plain = medians(n -> and(eq("_id", "account-" + n), eq("rev", 0)));
        List<Long> nested = medians(n -> and(and(eq("_id", "account-" + n)), lt("rev", 2), eq("rev", 1)));

        // Then
        assertThat(Collections.min(plain)).isLessThan(10_000);
        assertThat(Collections.min(nested)).isLessThan(10_000);
    }

    @Test
    void equalityOnASecondaryIndexReadsOnlyMatchingDocuments() {
        // Given
        accounts.createIndex(Indexes.ascending("owner", "rank"));
        accounts.createIndex(Indexes.ascending("pending"), new IndexOptions().sparse(true));
        insertAccounts(10_000);
        accounts.updateOne(eq("_id", "account-7"), set("pending", true));
        stopwatch.microseconds.clear();

        // When
        List<Document> ofOwner =
                accounts.find(and(eq("owner", "owner-3"), in("rank", 0, 3, 9))).into(new ArrayList<>());
        List<Document> pending = accounts.find(eq("pending", true)).into(new ArrayList<>());

        // Then
        assertThat(ofOwner)
                .hasSize(90)
                .allMatch(account -> account.getString("owner").equals("owner-3"))
                .allMatch(account -> account.getInteger("rank") == 0);
        assertThat(pending).extracting(account -> account.getString("_id")).containsExactly("account-7");
        assertThat(stopwatch.microseconds.getLast()).isLessThan(20_000);
    }

    @Test
    void secondaryIndexFollowsUpdatesRemovalsAndARestart() {
        // Given
        accounts.createIndex(Indexes.ascending("pending"), new IndexOptions().sparse(true));
        insertAccounts(4);
        accounts.updateMany(in("_id", "account-0", "account-1", "account-2"), set("pending", true));

        // When
        accounts.updateOne(eq("_id", "account-0"), unset("pending"));
        accounts.deleteOne(eq("pending", true));
        restart();

        // Then
        assertThat(accounts.find(eq("pending", true)).map(account -> account.getString("_id")))
                .containsExactly("account-2");
        assertThat(accounts.countDocuments()).isEqualTo(3);
    }

    @Test
    void orderedIndexIsRebuiltByARestart() {
        // Given
        accounts.createIndex(Indexes.compoundIndex(Indexes.ascending("owner"), Indexes.descending("due.at", "_id")));
        accounts.createIndex(Indexes.ascending("due.at"), new IndexOptions().sparse(true));
        insertAccounts(300);
        accounts.updateMany(eq("owner", "owner-3"), set("due.at", 7));
        accounts.updateOne(eq("_id", "account-103"), set("due.at", 9.5));

        // When
        restart();

        // Then
        assertThat(accounts.find(and(eq("owner", "owner-3"), lt("due.at", 10L)))
                        .sort(Sorts.descending("due.at", "_id"))
                        .limit(2)
                        .map(account -> account.getString("_id")))
                .containsExactly("account-103", "account-3");
        assertThat(accounts.find(lt("due.at", 10))
                        .sort(Sorts.ascending("due.at"))
                        .skip(2)
                        .map(account -> account.getString("_id")))
                .containsExactly("account-103");
        assertThat(accounts.find(lt("due.at", 7))).isEmpty();
    }

    @Test
    void uniqueIndexIsUsedWithAnotherCondition() {
        // Given
        accounts.createIndex(
                Indexes.ascending("owner", "rank"),
                new IndexOptions().unique(true).sparse(true));
        insertAccounts(3);

        // When
        Document found = accounts.find(and(eq("rev", 0), eq("rank", 0), eq("owner", "owner-1")))
                .first();

        // Then
        assertThat(found).containsEntry("_id", "account-1");
    }

    @Test
    void uniqueIndexRefusesADuplicateAlsoAfterARestart() {
        // Given
        accounts.createIndex(Indexes.ascending("owner"), new IndexOptions().unique(true));
        accounts.insertOne(new Document("_id", "ada-1").append("owner", "ada"));
        accounts.insertOne(new Document("_id", "bob-1").append("owner", "bob"));
        accounts.deleteOne(eq("_id", "bob-1"));
        // When
        restart();
        // Then
        assertThatThrownBy(() -> accounts.insertOne(new Document("_id", "ada-2").append("owner", "ada")))
                .hasMessageContaining("E11000");
        accounts.insertOne(new Document("_id", "bob-2").append("owner", "bob"));
        assertThat(accounts.countDocuments()).isEqualTo(2);
    }

    @Test
    void documentAsKeyIsFoundByIdAndInACompoundIndex() {
        // Given
        Document key = new Document("account", "ada").append("key", 1);
        accounts.createIndex(Indexes.ascending("owner", "rank"), new IndexOptions().unique(true));
        accounts.insertOne(new Document("_id", key).append("owner", key).append("rank", 2));

        // When
        Document byId = accounts.find(and(eq("_id", key), eq("rank", 2L))).first();
        Document byOwner = accounts.find(and(eq("owner", key), eq("rank", 2.0))).first();

        // Then
        assertThat(byId).isNotNull().isEqualTo(byOwner);
    }

    @Test
    void idIsUniqueWhateverItsTypeAndFreeAfterADelete() {
        // Given
        accounts.insertOne(new Document("_id", 1));
        accounts.insertOne(new Document("_id", "1"));
        // When, Then
        assertThatThrownBy(() -> accounts.insertOne(new Document("_id", 1L))).hasMessageContaining("E11000");
        assertThatThrownBy(() -> accounts.insertOne(new Document("_id", "1"))).hasMessageContaining("E11000");
        accounts.deleteOne(eq("_id", 1.0));
        accounts.deleteOne(eq("_id", "1"));
        accounts.insertMany(List.of(new Document("_id", 1L), new Document("_id", "1").append("again", true)));
        restart();
        assertThat(accounts.find(in("_id", 1, "1"))).hasSize(2);
    }

    @Test
    void exactlyOneOfManyWritersWithOneGuardWins() throws Exception {
        // Given
        accounts.insertOne(
                new Document("_id", "ada").append("rev", 0L).append("left", 0L).append("right", 0L));
        int writers = 8;
        int attempts = 200;

        // When
        long won = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            List<Future<Long>> wins = Stream.generate(() -> executor.submit(() -> raceTheGuard(attempts)))
                    .limit(writers)
                    .toList();
            for (Future<Long> win : wins) {
                won += win.get();
            }
        }

        // Then
        assertThat(accounts.find(eq("_id", "ada")).first())
                .containsEntry("rev", won)
                .containsEntry("left", won)
                .containsEntry("right", won);
    }

    private long raceTheGuard(int attempts) {
        long won = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            Document seen = accounts.find(eq("_id", "ada")).first();
            assertThat(seen.getLong("left")).isEqualTo(seen.getLong("rev")).isEqualTo(seen.getLong("right"));
            Document next = new Document("_id", "ada")
                    .append("rev", seen.getLong("rev") + 1)
                    .append("left", seen.getLong("left") + 1)
                    .append("right", seen.getLong("right") + 1);
            won += accounts.replaceOne(and(eq("_id", "ada"), eq("rev", seen.getLong("rev"))), next)
                    .getModifiedCount();
        }
        return won;
    }

    private void insertAccounts(int count) {
        accounts.insertMany(IntStream.range(0, count)
                .mapToObj(n -> new Document("_id", "account-" + n)
                        .append("rev", 0)
                        .append("owner", "owner-" + n % 100)
                        .append("rank", n / 100 % 10 < 9 ? 0 : 1))
                .toList());
    }

    private List<Long> medians(IntFunction<Bson> filter) {
        List<Long> medians = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            stopwatch.microseconds.clear();
            for (int n = 0; n < 101; n++) {
                assertThat(accounts.updateOne(filter.apply(round * 1_000 + n * 7), inc("rev", 1))
                                .getModifiedCount())
                        .isOne();
            }
            medians.add(stopwatch.microseconds.stream().sorted().toList().get(50));
        }
        return medians;
    }

    private void restart() {
        stop();
        start();
    }

    private MongoClient connect() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.connectionString()))
                .addCommandListener(stopwatch)
                .build());
    }

    private static final class Stopwatch implements CommandListener {
        private final List<Long> microseconds = new CopyOnWriteArrayList<>();

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            microseconds.add(event.getElapsedTime(TimeUnit.MICROSECONDS));
        }
    }
}
