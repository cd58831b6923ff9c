package io.drawdown.kit.lease;

import io.drawdown.embedded.TestServers;
import io.drawdown.kit.store.Database;
import io.drawdown.kit.testing.portable.PortableCommands;
import io.quarkus.arc.Arc;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(value = MongoIncarnationsTest.Mongo.class, restrictToAnnotatedClass = true)
class MongoIncarnationsTest extends IncarnationsContract {

    private final MongoIncarnations store = new MongoIncarnations(
            new Database(Arc.container().instance(ReactiveMongoClient.class).get(), () -> false, Runnable::run));

    @BeforeEach
    void empty() {
        now(store.deleteAll());
    }

    @Test
    void incarnationFromBeforeRenewalsWereCountedIsFencedUnlessItRenews() {
        // Given
        insertOld();
        Incarnation seen = now(store.get("old")).orElseThrow();
        // When
        now(store.fence(seen));
        // Then
        assertThat(seen.renewals()).isNull();
        assertThat(now(store.get("old"))).contains(seen.asFenced());
    }

    @Test
    void howAnOldIncarnationEndedIsNotKnown() {
        // Given
        insertOld();
        // When
        now(store.mongoCollection()
                .updateOne(new Document("_id", "old"), new Document("$set", new Document("fenced", true))));
        // Then
        Incarnation old = now(store.get("old")).orElseThrow();
        assertThat(old.fenced()).isTrue();
        assertThat(old.ended()).isNull();
        assertThat(old.survived()).isNull();
    }

    private void insertOld() {
        Document old = new Document("_id", "old")
                .append("schema", 1)
                .append("instance", "one")
                .append("renewedAt", Instant.EPOCH)
                .append("fenced", false);
        now(store.mongoCollection().withDocumentClass(Document.class).insertOne(old));
    }

    @Override
    IncarnationStore store() {
        return store;
    }

    /** Until the database's clock has moved on. */
    @Override
    void later() {
        String id = "clock";
        now(store.register(id, "clock"));
        Instant before = now(store.get(id)).orElseThrow().renewedAt();
        while (!now(store.get(id)).orElseThrow().renewedAt().isAfter(before)) {
            now(store.renew(id));
        }
        now(store.deleteById(id));
    }

    @Override
    <T> T now(Uni<T> answer) {
        return answered(answer);
    }

    public static final class Mongo implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "quarkus.mongodb.connection-string", TestServers.mongoUri(),
                    "drawdown.database", TestServers.databaseName("leases"));
        }

        @Override
        public void stop() {}
    }

    /** The client of this test is heard, too. */
    @Singleton
    static final class OnlyPortable extends PortableCommands {}
}
