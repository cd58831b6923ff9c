package io.drawdown.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.drawdown.contracts.Topic;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestServersTest {

    @Test
    void databaseServesUnderANameOfThisRun() {
        // Given
        String database = TestServers.databaseName("credits");

        // When
        try (MongoClient client = MongoClients.create(TestServers.mongoUri())) {
            client.getDatabase(database).getCollection("accounts").insertOne(new Document("_id", "ada"));

            // Then
            assertThat(database).startsWith("credits_").isEqualTo(TestServers.databaseName("credits"));
            assertThat(client.listDatabaseNames()).contains(database);
        }
    }

    @Test
    void brokerHasTheTopicsUnderThePrefixOfThisRun() throws Exception {
        // Given
        Map<String, Object> settings = Map.of("bootstrap.servers", TestServers.kafkaBootstrap());

        // When
        try (Admin admin = Admin.create(settings)) {

            // Then
            assertThat(admin.listTopics().names().get())
                    .contains(TestServers.topicPrefix() + Topic.CREDITS_ACCOUNT.topicName());
        }
    }
}
