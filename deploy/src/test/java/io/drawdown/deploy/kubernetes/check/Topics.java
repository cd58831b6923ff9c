package io.drawdown.deploy.kubernetes.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The topics that are made are those of contracts; who scales by lag asks for a group of its service and a topic that the group reads. */
public final class Topics implements Check {

    @Override
    public List<String> findings(Rendering rendering) {
        Stream<String> ofScalers = rendering.of("ScaledObject").flatMap(object -> Rendering.each(
                        object.at("/spec/triggers"))
                .filter(trigger -> "kafka".equals(trigger.path("type").asText()))
                .flatMap(trigger -> ofTrigger(rendering, object, trigger.path("metadata"))));
        return Stream.of(ofList(rendering), ofScalers, unscaled(rendering))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<String> ofList(Rendering rendering) {
        Set<String> made = rendering
                .get("ConfigMap", "topics")
                .at("/data/topics.txt")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = Topic.all().stream()
                .map(topic -> topic.topicName() + " " + topic.retention().toMillis())
                .collect(Collectors.toCollection(TreeSet::new));
        Stream<String> missing =
                wanted.stream().filter(line -> !made.contains(line)).map(line -> "topics.txt lacks " + line);
        Stream<String> more =
                made.stream().filter(line -> !wanted.contains(line)).map(line -> "topics.txt has " + line);
        return Stream.concat(missing, more);
    }

    private static Stream<String> ofTrigger(Rendering rendering, JsonNode object, JsonNode trigger) {
        String target = object.at("/spec/scaleTargetRef/name").asText();
        String read = trigger.path("consumerGroup").asText() + " "
                + trigger.path("topic").asText();
        Set<String> consumed = consumed(target);
        String servers = rendering
                .get("ConfigMap", "drawdown")
                .at("/data/KAFKA_BOOTSTRAP_SERVERS")
                .asText();
        Stream<String> ofGroup = consumed.contains(read)
                ? Stream.empty()
                : Stream.of(Rendering.idOf(object) + " asks for the lag of " + read + ", not of " + consumed);
        Stream<String> ofServers =
                servers.equals(trigger.path("bootstrapServers").asText())
                        ? Stream.empty()
                        : Stream.of(Rendering.idOf(object) + " asks another broker than " + servers);
        return Stream.concat(ofGroup, ofServers);
    }

    /** Where there is scaling by lag, it is by all topics that the service reads in a group. */
    private static Stream<String> unscaled(Rendering rendering) {
        return rendering.of("ScaledObject").flatMap(object -> {
            Set<String> asked = Rendering.each(object.at("/spec/triggers"))
                    .map(trigger -> trigger.at("/metadata/consumerGroup").asText() + " "
                            + trigger.at("/metadata/topic").asText())
                    .collect(Collectors.toSet());
            return consumed(object.at("/spec/scaleTargetRef/name").asText()).stream()
                    .filter(read -> !asked.contains(read))
                    .map(read -> Rendering.idOf(object) + " does not ask for the lag of " + read);
        });
    }

    private static Set<String> consumed(String name) {
        return Arrays.stream(Service.values())
                .filter(service -> service.serviceName().equals(name))
                .flatMap(service -> ServiceFacts.of(service).consumed().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
