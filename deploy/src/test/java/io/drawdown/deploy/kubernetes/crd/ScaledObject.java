package io.drawdown.deploy.kubernetes.crd;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KEDA: how many instances there are. */
public record ScaledObject(String apiVersion, String kind, Metadata metadata, Spec spec) {

    record Spec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            int cooldownPeriod,
            @Nullable Advanced advanced,
            List<Trigger> triggers) {}

    record Target(@Nullable String apiVersion, String kind, String name) {}

    record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

    record Autoscaler(HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(
            Type type,
            @Nullable MetricType metricType,
            Map<String, String> metadata,
            @Nullable Authentication authenticationRef) {

        /** What a trigger of this type does not know is a mistake. */
        Trigger {
            if (!type.known.containsAll(metadata.keySet())) {
                throw new IllegalArgumentException(
                        "A trigger of the type " + type + " knows " + type.known + ", not all of " + metadata.keySet());
            }
        }
    }

    record Authentication(String name) {}

    enum MetricType {
        AverageValue,
        Value,
        Utilization
    }

    enum Type {
        kafka(List.of(
                "bootstrapServers",
                "consumerGroup",
                "topic",
                "lagThreshold",
                "activationLagThreshold",
                "offsetResetPolicy",
                "sasl",
                "tls")),
        prometheus(List.of("serverAddress", "query", "threshold", "activationThreshold", "ignoreNullValues")),
        cpu(List.of("value"));

        private final List<String> known;

        Type(List<String> known) {
            this.known = known;
        }
    }
}
