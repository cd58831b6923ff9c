package io.drawdown.embedded.kafka;

import io.drawdown.contracts.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Creates the missing topics of {@link Topic}. */
public final class Topics {

    private static final int PATIENCE_SECONDS = 30;

    private Topics() {}

    /**
     * Creates the missing topics and leaves the others as they are.
     *
     * @param prefix put before every name; empty on a broker that only Drawdown uses
     * @param partitions how many partitions a new topic has
     */
    public static void create(String bootstrapServers, String prefix, int partitions) {
        create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), prefix, partitions);
    }

    /** @param client the settings of a client of the broker: its address, and how to get in */
    public static void create(Map<String, Object> client, String prefix, int partitions) {
        try (Admin admin = Admin.create(client)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = Topic.all().stream()
                    .filter(topic -> !present.contains(prefix + topic.topicName()))
                    .map(topic -> describe(topic, prefix, partitions))
                    .toList();
            admin.createTopics(missing).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the topics were created", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "The topics could not be created on " + client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG), e);
        }
    }

    private static NewTopic describe(Topic topic, String prefix, int partitions) {
        return new NewTopic(prefix + topic.topicName(), partitions, (short) -1)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis())));
    }
}
