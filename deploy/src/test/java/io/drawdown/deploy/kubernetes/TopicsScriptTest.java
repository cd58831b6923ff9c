package io.drawdown.deploy.kubernetes;

import io.drawdown.contracts.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The script of the job that creates the topics, with a stand-in for Kafka's own tool that notes how it is called. */
class TopicsScriptTest {

    private static final Path BASE = Kustomize.DEPLOY.resolve("base");

    @TempDir
    Path folder;

    @Test
    void eachTopicIsCreatedWithItsPartitionsAndItsRetention() throws IOException {
        // When
        List<String> calls = run(Map.of("DRAWDOWN_TOPIC_PREFIX", "eu."));

        // Then
        assertThat(calls)
                .containsExactlyElementsOf(Topic.all().stream()
                        .map(topic -> "--create --if-not-exists --topic eu." + topic.topicName()
                                + " --partitions 64 --config retention.ms="
                                + topic.retention().toMillis())
                        .toList());
    }

    @Test
    void theToolGetsTheSameAccessAsTheServices() throws IOException {
        // Given
        Map<String, String> access = Map.of(
                "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SASL_JAAS_CONFIG", "a.Module required username=\"topics\" password=\"p$1\";");

        // When
        run(access);

        // Then
        assertThat(Files.readAllLines(folder.resolve("client")))
                .containsExactly(
                        "security.protocol=SASL_SSL",
                        "sasl.jaas.config=a.Module required username=\"topics\" password=\"p$1\";");
    }

    private List<String> run(Map<String, String> more) throws IOException {
        Path tool = folder.resolve("kafka-topics.sh");
        Files.writeString(tool, """
                #!/bin/bash
                [ "$1 $2 $3" = "--bootstrap-server kafka:9093 --command-config" ] || exit 1
                cp "$4" "$(dirname "$0")/client"
                echo "${@:5}"
                """);
        boolean isExecutable = tool.toFile().setExecutable(true);
        assertThat(isExecutable).isTrue();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("KAFKA_BIN", folder.toString());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "kafka:9093");
        environment.put("DRAWDOWN_KAFKA_PARTITIONS", "64");
        environment.put("TOPICS_FILE", BASE.resolve("topics.txt").toString());
        environment.put("TMPDIR", folder.toString());
        return Kustomize.run(environment, List.of("bash", "base/create-topics.sh"))
                .lines()
                .toList();
    }
}
