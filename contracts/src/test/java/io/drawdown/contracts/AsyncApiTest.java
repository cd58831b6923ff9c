package io.drawdown.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");

    private final JsonNode document = new YAMLMapper().readTree(DOCUMENT.toFile());

    AsyncApiTest() throws IOException {}

    @Test
    void everyTopicIsAChannelWithItsRetention() {
        // When
        Map<String, Long> retentions = new HashMap<>();
        document.path("channels").forEach(channel -> {
            if (channel.has("bindings")) {
                retentions.put(
                        channel.path("address").asText(),
                        channel.at("/bindings/kafka/topicConfiguration/retention.ms")
                                .asLong());
            }
        });
        // Then
        assertThat(retentions)
                .isEqualTo(Topic.all().stream().collect(Collectors.toMap(Topic::topicName, topic -> topic.retention()
                        .toMillis())));
    }

    @Test
    void everyEventTypeIsAMessageOfItsTopic() {
        assertThat(messagesOf(Topic.CREDITS_ACCOUNT.topicName()))
                .isEqualTo(Arrays.stream(EntryType.values())
                        .map(EntryType::eventType)
                        .collect(Collectors.toSet()));
        assertThat(messagesOf(Topic.SESSION_LIFECYCLE.topicName()))
                .isEqualTo(Arrays.stream(SessionEvent.Type.values())
                        .map(SessionEvent.Type::eventType)
                        .collect(Collectors.toSet()));
        assertThat(messagesOf(Topic.SESSION_CONTROL.topicName()))
                .isEqualTo(Arrays.stream(SessionControl.Type.values())
                        .map(SessionControl.Type::eventType)
                        .collect(Collectors.toSet()));
        assertThat(messagesOf(Topic.TASK_LIFECYCLE.topicName()))
                .isEqualTo(Arrays.stream(TaskEvent.Type.values())
                        .map(TaskEvent.Type::eventType)
                        .collect(Collectors.toSet()));
        assertThat(messagesOf(Topic.TASK_PROGRESS.topicName())).containsExactly(TaskProgress.EVENT_TYPE);
        assertThat(messagesOf(Topic.TASK_WAKE.topicName())).containsExactly(TaskWaiting.EVENT_TYPE);
        assertThat(messagesOf(Topic.TASK_CONTROL.topicName())).containsExactly(TaskCancelAsked.EVENT_TYPE);
        assertThat(messagesOf(Topic.BILLING_RUN.topicName())).containsExactly(BatchRunEvent.EVENT_TYPE);
        assertThat(messagesOf(Topic.BILLING_ITEM.topicName()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ItemEvent.Type.values())
                        .map(ItemEvent.Type::eventType)
                        .toList());
        assertThat(messagesOf(Topic.BILLING_PAYMENT.topicName()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(ChargeEvent.Type.values()).map(ChargeEvent.Type::eventType),
                                Arrays.stream(PaymentEvent.Type.values()).map(PaymentEvent.Type::eventType))
                        .toList());
        assertThat(messagesOf(Topic.SESSION_HEARTBEAT.topicName())).containsExactly(Heartbeat.EVENT_TYPE);
        assertThat(messagesOf(Topic.METERING_USAGE.topicName())).containsExactly(UsageReport.EVENT_TYPE);
    }

    @Test
    void everyFrameIsAMessageOfTheSocketThatOneSideSends() {
        // Given
        Set<String> frames = Schemas.names("frames");
        Set<String> ofTasks = Schemas.names("task_frames");
        ofTasks.addAll(Samples.SHARED_FRAMES);
        // When
        Set<String> said = said("readFrames", "sendFrames");
        Set<String> saidOfTasks = said("readTaskFrames", "sendTaskFrames");
        // Then
        assertThat(messagesOf("/api/v1/live/sessions")).isEqualTo(frames);
        assertThat(said).isEqualTo(frames).containsAll(Samples.SHARED_FRAMES);
        assertThat(messagesOf("/api/v1/tasks/live")).isEqualTo(ofTasks);
        assertThat(saidOfTasks).isEqualTo(ofTasks);
    }

    private Set<String> said(String... operations) {
        Set<String> said = new TreeSet<>();
        for (String operation : operations) {
            document.at("/operations/" + operation + "/messages").forEach(message -> {
                JsonNode target = resolve(message);
                assertThat(said.add(target.path("name").asText())).isTrue();
            });
        }
        return said;
    }

    @Test
    void everyReferenceHasATarget() {
        document.findParents("$ref").forEach(reference -> {
            String target = reference.path("$ref").asText();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(Files.exists(DOCUMENT.resolveSibling(target)))
                        .as(target)
                        .isTrue();
            }
        });
    }

    @Test
    void everySchemaIsThePayloadOfAMessage() {
        // When
        Set<String> payloads = new HashSet<>();
        document.at("/components/messages")
                .forEach(message -> payloads.add(message.at("/payload/schema/$ref")
                        .asText()
                        .replaceAll(".*/schemas/", "")
                        .replace(".json", "")));
        // Then
        Schemas.names("events").forEach(event -> assertThat(payloads).contains("events/" + event));
        Schemas.names("frames").forEach(frame -> assertThat(payloads).contains("frames/" + frame));
        Schemas.names("task_frames").forEach(frame -> assertThat(payloads).contains("task_frames/" + frame));
    }

    private Set<String> messagesOf(String address) {
        Set<String> names = new TreeSet<>();
        document.path("channels").forEach(channel -> {
            if (channel.path("address").asText().equals(address)) {
                channel.path("messages")
                        .forEach(message ->
                                names.add(resolve(message).path("name").asText()));
            }
        });
        return names;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.path("$ref").asText().substring(1))) : node;
    }
}
