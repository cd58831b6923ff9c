package io.drawdown.kit.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.Indexes;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import io.drawdown.contracts.Credits;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.runtime.DatabaseServer;
import io.drawdown.kit.testing.TestMongo;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreTest {

    /** A document as a service would have one. */
    public record Purse(
            @BsonId String id,
            long rev,
            Credits credits,
            Instant at,
            @Nullable String note) {}

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final ReactiveMongoClient CLIENT = TestMongo.client(TestServers.mongoUri());
    private static final String DATABASE = TestServers.databaseName("kit");

    private final ReactiveMongoCollection<Purse> purses = purses(CLIENT);

    private static ReactiveMongoCollection<Purse> purses(ReactiveMongoClient client) {
        return client.getDatabase(DATABASE).getCollection("purses", Purse.class);
    }

    private static Purse purse(String id, long rev, long credits) {
        return new Purse(id, rev, Credits.of(credits), AT, null);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(SOON);
    }

    @BeforeEach
    void empty() {
        await(purses.deleteMany(new Document()));
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void documentIsReadAsItWasWritten() {
        // Given
        Purse purse = new Purse("ada", 1, Credits.ofMicros(1_500_001), AT, null);
        // When
        await(Guarded.insert(purses, purse));
        // Then
        assertThat(await(purses.find().collect().first())).isEqualTo(purse);
        BsonDocument raw = await(CLIENT.getDatabase(DATABASE)
                .getCollection("purses", BsonDocument.class)
                .find()
                .collect()
                .first());
        assertThat(raw.getInt64("credits").getValue()).isEqualTo(1_500_001);
        assertThat(raw.containsKey("note")).isFalse();
    }

    @Test
    void oneOfTheRacingReplacesWins() {
        // Given
        await(Guarded.insert(purses, purse("ada", 1, 10)));
        // When
        List<Boolean> won = await(Uni.join()
                .all(IntStream.range(0, 20)
                        .mapToObj(i -> Guarded.replace(purses, "ada", 1, purse("ada", 2, i)))
                        .toList())
                .andFailFast());
        // Then
        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void secondInsertOfTheSameIdAnswersFalse() {
        // Given
        await(Guarded.insert(purses, purse("ada", 1, 10)));
        // When
        boolean inserted = await(Guarded.insert(purses, purse("ada", 1, 20)));
        // Then
        assertThat(inserted).isFalse();
        assertThat(await(reads(false).byId("ada")).credits()).isEqualTo(Credits.of(10));
    }

    @Test
    void latestReadOfAMissingDocumentIsNull() {
        assertThat(await(reads(false).byId("nobody"))).isNull();
    }

    @Test
    void serverTellsItsTimeAndItsKind() {
        // Given
        DatabaseServer server = new DatabaseServer(CLIENT);
        // When
        Instant first = await(server.time());
        Instant second = await(server.time());
        // Then
        assertThat(second).isBetween(first, first.plus(SOON));
        assertThat(await(server.hasReplicas())).isEqualTo(TestServers.mongoUri().contains("replicaSet"));
    }

    @Test
    void existingIndexIsNoFault() {
        // When
        await(purses.createIndex(Indexes.ascending("credits")));
        // Then
        assertThat(await(purses.createIndex(Indexes.ascending("credits")))).isNotEmpty();
    }

    @Test
    void missingServerMakesReadsAndWritesUnavailable() throws IOException {
        // Given
        try (ServerSocket closedSoon = new ServerSocket(0);
                ReactiveMongoClient away = TestMongo.client("mongodb://127.0.0.1:" + freed(closedSoon))) {
            // When
            Uni<Boolean> write = Guarded.insert(purses(away), purse("ada", 1, 1));
            Uni<Instant> read = new DatabaseServer(away).time();
            // Then
            assertThatThrownBy(() -> await(write)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> await(read)).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void brokenConnectionLeavesAWriteUnknownAndAReadUnavailable() {
        // Given
        Uni<Object> broken =
                Uni.createFrom().failure(new MongoSocketReadException("connection reset", new ServerAddress()));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(broken))).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> await(StoreFaults.ofRead(broken))).isInstanceOf(Unavailable.class);
    }

    @Test
    void clearedConnectionPoolHasSentNothing() {
        // Given
        Uni<Object> cleared = Uni.createFrom()
                .failure(new MongoConnectionPoolClearedException(
                        new ServerId(new ClusterId(), new ServerAddress()), null));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(cleared))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> await(StoreFaults.ofRead(cleared))).isInstanceOf(Unavailable.class);
    }

    @Test
    void refusalOfTheServerKeepsItsException() {
        // Given
        Uni<Object> refused = Uni.createFrom()
                .failure(new MongoWriteException(
                        new WriteError(121, "refused", new BsonDocument()), new ServerAddress(), List.of()));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(refused))).isInstanceOf(MongoWriteException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18, 133, 14031})
    void whatTheServerRefusedBeforeItDidAnythingIsUnavailable(int code) {
        // Given
        Uni<Object> command = Uni.createFrom().failure(commandError(code));
        Uni<Object> one = Uni.createFrom().failure(writeError(code));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(command))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(one))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> await(StoreFaults.ofRead(command))).isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {-1, 1, 8, 24, 50, 64, 91, 112, 189, 262, 402, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436
            })
    void whatInterruptedTheServerLeavesAWriteUnknownAndAReadUndone(int code) {
        // Given
        Uni<Object> command = Uni.createFrom().failure(commandError(code));
        Uni<Object> one = Uni.createFrom().failure(writeError(code));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(command))).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(one))).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> await(StoreFaults.ofRead(command))).isInstanceOf(Unavailable.class);
    }

    @Test
    void partlyRefusedBatchHasAnUnknownOutcome() {
        // Given
        Uni<Object> batch = Uni.createFrom()
                .failure(new MongoBulkWriteException(
                        BulkWriteResult.unacknowledged(),
                        List.of(new BulkWriteError(14_031, "disk full", new BsonDocument(), 0)),
                        null,
                        new ServerAddress(),
                        Set.of()));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(batch))).isInstanceOf(OutcomeUnknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 14, 26, 59, 72, 121, 40_415})
    void wrongCommandKeepsItsException(int code) {
        // Given
        Uni<Object> wrong = Uni.createFrom().failure(commandError(code));
        // When, Then
        assertThatThrownBy(() -> await(StoreFaults.ofWrite(wrong))).isInstanceOf(MongoCommandException.class);
        assertThatThrownBy(() -> await(StoreFaults.ofRead(wrong))).isInstanceOf(MongoCommandException.class);
    }

    private static MongoWriteException writeError(int code) {
        return new MongoWriteException(new WriteError(code, "no", new BsonDocument()), new ServerAddress(), List.of());
    }

    private static MongoException commandError(int code) {
        BsonDocument answer = new BsonDocument("ok", new BsonInt32(0));
        if (code != -1) {
            answer.append("code", new BsonInt32(code));
        }
        return new MongoCommandException(answer, new ServerAddress());
    }

    private static LinearizableReads<Purse> reads(boolean isLinearizable) {
        return new Database(CLIENT, () -> isLinearizable, Runnable::run).latest(purses(CLIENT));
    }

    private static int freed(ServerSocket socket) throws IOException {
        socket.close();
        return socket.getLocalPort();
    }
}
