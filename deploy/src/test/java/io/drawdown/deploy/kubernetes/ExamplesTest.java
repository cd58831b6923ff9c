package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.deploy.kubernetes.check.Rendering;
import io.drawdown.deploy.kubernetes.check.StrictFields;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples for those who have no broker, database, gateway or vault in their cluster yet. */
@NeedsKubectl
class ExamplesTest {

    @ParameterizedTest
    @ValueSource(strings = {"strimzi", "mongodb", "external-secrets", "gateway"})
    void everyFieldIsOneThatItsKindHas(String example) {
        // When
        var findings = new StrictFields().findings(rendering(example));

        // Then
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServiceMayUseItsOwnTopicsAndNoOthers(Service service) {
        // Given
        Set<String> own = Stream.concat(service.topics().stream(), Stream.of(Topic.deadLetters(service)))
                .map(Topic::topicName)
                .collect(Collectors.toSet());

        // When
        JsonNode user = rendering("strimzi").get("KafkaUser", service.serviceName());

        // Then
        assertThat(named(user.at("/spec/authorization/acls"), "topic")).isEqualTo(own);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceMayUseItsOwnDatabaseAndNoOther(Service service) {
        // When
        JsonNode users =
                rendering("mongodb").get("MongoDBCommunity", "drawdown").at("/spec/users");

        // Then
        assertThat(each(users).filter(user -> user.path("name").asText().equals(service.serviceName())))
                .singleElement()
                .extracting(user -> user.path("roles").toString())
                .isEqualTo("[{\"db\":\"" + service.database() + "\",\"name\":\"readWrite\"}]");
    }

    @Test
    void theProductionOverlayFindsTheBrokerOfTheExample() {
        // Given
        JsonNode kafka = rendering("strimzi").get("Kafka", "drawdown");

        // When
        String servers = Overlays.PRODUCTION
                .rendering()
                .get("ConfigMap", "drawdown")
                .at("/data/KAFKA_BOOTSTRAP_SERVERS")
                .asText();

        // Then
        assertThat(servers)
                .isEqualTo("%s-kafka-bootstrap.%s.svc:%s"
                        .formatted(
                                kafka.at("/metadata/name").asText(),
                                kafka.at("/metadata/namespace").asText(),
                                kafka.at("/spec/kafka/listeners/0/port").asText()));
    }

    private static Rendering rendering(String example) {
        String folder = "examples/" + example;
        return new Rendering(folder, Kustomize.build(folder), Map.of(), true);
    }

    private static Set<String> named(JsonNode acls, String type) {
        return each(acls)
                .map(acl -> acl.path("resource"))
                .filter(resource -> resource.path("type").asText().equals(type))
                .map(resource -> resource.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
