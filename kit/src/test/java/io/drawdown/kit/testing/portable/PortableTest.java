package io.drawdown.kit.testing.portable;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.drawdown.embedded.TestServers;
import io.drawdown.kit.testing.TestMongo;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Whatever a server of another make may not know is refused before it gets there. */
class PortableTest {

    private static final ReactiveMongoClient CLIENT = TestMongo.client(TestServers.mongoUri());
    private static final Bson ANY = Filters.eq("_id", "one");

    private static final ReactiveMongoCollection<Document> THINGS =
            CLIENT.getDatabase(TestServers.databaseName("portable")).getCollection("things");

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    static Stream<Arguments> notPortable() {
        Bson ranOut = Filters.expr(new Document("$lt", List.of("$at", "$$NOW")));
        List<Bson> pipeline = List.of(new Document("$set", new Document("at", "$$NOW")));
        return Stream.of(
                arguments("filter: $expr", THINGS.updateOne(ranOut, Updates.set("fenced", true))),
                arguments("update: a pipeline", THINGS.updateOne(ANY, pipeline)),
                arguments("update: $rename", THINGS.updateOne(ANY, Updates.rename("a", "b"))),
                arguments(
                        "filter: a regular expression",
                        THINGS.find(Filters.regex("a", "b")).toUni()),
                arguments(
                        "filter: $elemMatch",
                        THINGS.updateOne(
                                ANY,
                                Updates.pullByFilter(
                                        new Document("a", new Document("$elemMatch", ANY.toBsonDocument()))))),
                arguments(
                        "stage: $lookup",
                        THINGS.aggregate(List.of(Aggregates.lookup("others", "a", "b", "c")))
                                .toUni()),
                arguments(
                        "each index: partialFilterExpression",
                        THINGS.createIndex(Indexes.ascending("a"), new IndexOptions().partialFilterExpression(ANY))),
                arguments("each index: ", THINGS.createIndex(Indexes.text("a"))),
                arguments("command distinct", THINGS.distinct("a", String.class).toUni()),
                arguments("command findAndModify: remove", THINGS.findOneAndDelete(ANY)),
                arguments("update: a pipeline", THINGS.findOneAndUpdate(ANY, pipeline)),
                arguments("shard key: update by [rev]", THINGS.updateOne(Filters.eq("rev", 1), Updates.set("a", 1))),
                arguments(
                        "shard key: update by [_id]",
                        THINGS.replaceOne(Filters.in("_id", "one", "two"), new Document("a", 1))),
                arguments("shard key: delete by [rev]", THINGS.deleteOne(Filters.eq("rev", 1))),
                arguments(
                        "shard key: findAndModify by [rev]",
                        THINGS.findOneAndUpdate(Filters.eq("rev", 1), Updates.set("a", 1))),
                arguments(
                        "shard key: a unique index on [a]",
                        THINGS.createIndex(Indexes.ascending("a"), new IndexOptions().unique(true))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notPortable(String what, Uni<?> command) {
        // When
        command.onItemOrFailure().transform((done, fault) -> "").await().atMost(Duration.ofSeconds(5));
        // Then
        assertThatThrownBy(PortableExtension::refuse)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }

    @Test
    void portableCommandIsNotRefused() {
        // When
        THINGS.insertOne(new Document("_id", "two").append("price", "$$NOW"))
                .chain(() -> THINGS.updateOne(Filters.eq("_id", "two"), Updates.inc("a", 1)))
                .chain(() -> THINGS.updateOne(
                        Filters.and(Filters.eq("_id", "two"), Filters.eq("a", 1)), Updates.inc("a", 1)))
                .chain(() -> THINGS.deleteMany(Filters.lt("a", 0)))
                .chain(() -> THINGS.find(Filters.in("_id", "two")).toUni())
                .await()
                .atMost(Duration.ofSeconds(5));
        // Then
        assertThatCode(PortableExtension::refuse).doesNotThrowAnyException();
    }

    @Test
    void listOfPortableCommandsIsCommitted() throws IOException {
        assertThat(Files.readString(Path.of("../docs/operations.md")))
                .contains("```\n" + PortableSubset.text() + "```\n");
    }
}
