package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.deploy.kubernetes.check.Rendering;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each check finds the mistakes that it is for: what was built is edited, and the finding is expected. */
@NeedsKubectl
class PlantedMistakesTest {

    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @Test
    void anUnknownFieldIsFoundWhereverItIs() {
        assertThat(found(Checks.FIELDS, edit("Deployment", "credits-service", "/spec", spec -> spec.put("replica", 2))))
                .singleElement()
                .asString()
                .startsWith("Deployment credits-service: Unrecognized field \"replica\"");
        assertThat(found(
                        Checks.FIELDS,
                        edit("StatefulSet", "session-service", CONTAINER, it -> it.put("imagePolicy", ""))))
                .singleElement()
                .asString()
                .startsWith("StatefulSet session-service: Unrecognized field \"imagePolicy\"");
        assertThat(found(
                        Checks.FIELDS,
                        edit("HTTPRoute", "task-service", "/spec/rules/0/timeouts", it -> it.put("reqest", "1s"))))
                .singleElement()
                .asString()
                .startsWith("HTTPRoute task-service: Unrecognized field \"reqest\"");
        assertThat(found(Checks.FIELDS, edit("ScaledObject", "task-service", "/spec", it -> it.put("maxReplicas", 2))))
                .singleElement()
                .asString()
                .startsWith("ScaledObject task-service: Unrecognized field \"maxReplicas\"");
        assertThat(found(
                        Checks.FIELDS,
                        edit(
                                "ScaledObject",
                                "credits-service",
                                "/spec/triggers/0/metadata",
                                it -> it.put("group", ""))))
                .singleElement()
                .asString()
                .contains("A trigger of the type kafka knows");
        assertThat(found(
                        Checks.FIELDS,
                        edit("PodMonitor", "drawdown", "/spec/podMetricsEndpoints/0", it -> it.put("intervall", "1s"))))
                .singleElement()
                .asString()
                .startsWith("PodMonitor drawdown: Unrecognized field \"intervall\"");
    }

    @Test
    void aVariableThatNobodyReadsIsFoundAndOneThatIsMissing() {
        assertThat(found(
                        Checks.ENVIRONMENT,
                        edit("Deployment", "task-service", CONTAINER + "/env/0", it -> it.put("name", "MONGO_URI"))))
                .containsExactly(
                        "Deployment task-service does not set MONGODB_URI",
                        "Deployment task-service sets MONGO_URI, which it does not read");
        assertThat(found(Checks.ENVIRONMENT, rendering -> configMap(rendering).put("DRAWDOWN_GRACE_PERIOD", "1s")))
                .hasSize(4)
                .contains("Deployment credits-service sets DRAWDOWN_GRACE_PERIOD, which it does not read");
    }

    @Test
    void aReferenceToNothingIsFound() {
        assertThat(found(
                        Checks.REFERENCES,
                        edit(
                                "Deployment",
                                "task-service",
                                CONTAINER + "/env/0/valueFrom/secretKeyRef",
                                it -> it.put("key", "mongodb-url"))))
                .containsExactly("Deployment task-service needs the key mongodb-url of the secret task-service");
        assertThat(found(
                        Checks.REFERENCES,
                        edit(
                                "Deployment",
                                "task-service",
                                CONTAINER + "/envFrom/0/configMapRef",
                                it -> it.put("name", "drawdawn"))))
                .containsExactly("Deployment task-service names the ConfigMap drawdawn");
        assertThat(found(
                        Checks.REFERENCES,
                        edit(
                                "Deployment",
                                "task-service",
                                "/spec/template/spec",
                                it -> it.put("serviceAccountName", "credits-service"))))
                .containsExactly("Deployment task-service names the ServiceAccount \"credits-service\"");
        assertThat(found(
                        Checks.REFERENCES,
                        edit(
                                "CronJob",
                                "billing-run",
                                "/spec/jobTemplate/spec/template/spec/volumes/0/secret",
                                it -> it.put("secretName", "worker"))))
                .containsExactly("CronJob billing-run needs the secret worker, which nobody makes");
        assertThat(found(Checks.REFERENCES, rendering -> configMap(rendering)
                        .put("KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/drawdown/kafka/ca")))
                .hasSize(6)
                .contains(
                        "Deployment task-service has no file for KAFKA_SSL_TRUSTSTORE_LOCATION: /etc/drawdown/kafka/ca");
    }

    @Test
    void aPortOrProbeThatTheServiceDoesNotHaveIsFound() {
        assertThat(found(
                        Checks.PORTS,
                        edit(
                                "Deployment",
                                "task-service",
                                CONTAINER + "/readinessProbe/httpGet",
                                it -> it.put("path", "/health/ready"))))
                .singleElement()
                .asString()
                .startsWith("Deployment task-service has a readinessProbe that does not ask /q/health/ready on 8204");
        assertThat(found(
                        Checks.PORTS,
                        edit(
                                "Deployment",
                                "task-service",
                                CONTAINER + "/ports/0",
                                it -> it.put("containerPort", 8101))))
                .hasSize(2)
                .contains("Deployment task-service has no port http 8104");
        assertThat(found(
                        Checks.PORTS,
                        edit("Service", "task-service", "/spec/ports/0", it -> it.put("targetPort", "web"))))
                .singleElement()
                .asString()
                .startsWith("Service task-service has a port that is not that of Deployment task-service");
        assertThat(found(
                        Checks.PORTS,
                        edit("PodMonitor", "drawdown", "/spec/podMetricsEndpoints/0", it -> it.put("port", "http"))))
                .hasSize(5);
    }

    @Test
    void aSelectorThatSelectsNothingOrTooMuchIsFound() {
        assertThat(found(
                        Checks.LABELS,
                        edit(
                                "PodDisruptionBudget",
                                "task-service",
                                "/spec/selector/matchLabels",
                                it -> it.put("app.kubernetes.io/name", "tasks"))))
                .containsExactly("PodDisruptionBudget task-service does not select the pods of one workload");
        assertThat(found(
                        Checks.LABELS,
                        edit(
                                "Deployment",
                                "task-service",
                                "/spec/template/metadata/labels",
                                it -> it.put("app.kubernetes.io/name", "tasks"))))
                .contains(
                        "Deployment task-service does not select its own pods",
                        "NetworkPolicy task-service selects no pod");
        assertThat(found(
                        Checks.LABELS,
                        edit(
                                "ScaledObject",
                                "task-service",
                                "/spec/scaleTargetRef",
                                it -> it.put("name", "credits-service"))))
                .containsExactly(
                        "Deployment credits-service is scaled by ScaledObject credits-service and by ScaledObject task-service");
        assertThat(found(Checks.LABELS, edit("StatefulSet", "session-service", "/spec", it -> it.put("replicas", 3))))
                .containsExactly("StatefulSet session-service is scaled, so each apply would set its replicas back");
    }

    @Test
    void anAddressWithoutAServiceIsFound() {
        assertThat(found(
                        Checks.ADDRESSES,
                        edit("Service", "credits-service", "/spec/ports/0", it -> it.put("port", 80))))
                .hasSize(3)
                .anyMatch(
                        found -> found.startsWith("StatefulSet session-service has a DRAWDOWN_CREDITS_URL that is not"))
                .anyMatch(found -> found.startsWith("HTTPRoute credits-service leads to no port of a Service"));
        assertThat(found(Checks.ADDRESSES, rendering -> configMap(rendering)
                        .put("KAFKA_BOOTSTRAP_SERVERS", "kafka:9093")))
                .hasSize(6)
                .contains("Deployment task-service has no broker at kafka:9093");
    }

    @Test
    void aWayThatIsMissingOrThatNobodyNeedsIsFound() {
        assertThat(found(Checks.TRAFFIC, rendering -> rendering
                        .get("NetworkPolicy", "to-credits-service")
                        .remove("spec")))
                .contains(
                        "no way billing-batch > credits-service 8101", "no way session-service > credits-service 8101");
        assertThat(found(Checks.TRAFFIC, edit("NetworkPolicy", "credits-service", "/spec/ingress/0", it -> ((ArrayNode)
                                it.path("from"))
                        .addObject()
                        .putObject("namespaceSelector"))))
                .containsExactly("a way that nobody needs namespace any > credits-service 8101");
        assertThat(found(
                        Checks.TRAFFIC,
                        edit("NetworkPolicy", "to-mail", "/spec/egress/0/ports/0", it -> it.put("port", 25))))
                .containsExactly(
                        "no way billing-batch > internet 587", "a way that nobody needs billing-batch > internet 25");
        assertThat(found(Checks.TRAFFIC, rendering -> rendering
                        .get("NetworkPolicy", "default-deny")
                        .remove("spec")))
                .contains("a way that nobody needs topics is open");
        assertThat(found(Checks.TRAFFIC, rendering -> configMap(rendering)
                        .put("KAFKA_BOOTSTRAP_SERVERS", "a.kafka.svc:9095")))
                .contains(
                        "no way topics > namespace kafka 9095",
                        "a way that nobody needs topics > namespace kafka 9093");
    }

    @Test
    void aTopicOrGroupThatContractsDoNotHaveIsFound() {
        assertThat(found(Checks.TOPICS, rendering -> {
                    ObjectNode topics = at(rendering.get("ConfigMap", "topics"), "/data");
                    String list = topics.path("topics.txt").asText();
                    topics.put("topics.txt", list.replace("drawdown.task.wake 3600000", "drawdown.task.wake 7200000"));
                }))
                .containsExactly(
                        "topics.txt lacks drawdown.task.wake 3600000", "topics.txt has drawdown.task.wake 7200000");
        assertThat(found(
                        Checks.TOPICS,
                        edit(
                                "ScaledObject",
                                "checkpoint-worker",
                                "/spec/triggers/0/metadata",
                                it -> it.put("consumerGroup", "worker"))))
                .containsExactly(
                        "ScaledObject checkpoint-worker asks for the lag of worker drawdown.session.heartbeat, not of"
                                + " [checkpoint-worker drawdown.session.heartbeat]",
                        "ScaledObject checkpoint-worker does not ask for the lag of checkpoint-worker drawdown.session.heartbeat");
        assertThat(found(
                        Checks.TOPICS,
                        edit(
                                "ScaledObject",
                                "checkpoint-worker",
                                "/spec/triggers/0/metadata",
                                it -> it.put("bootstrapServers", "kafka:9092"))))
                .singleElement()
                .asString()
                .startsWith("ScaledObject checkpoint-worker asks another broker");
    }

    @Test
    void aMetricThatTheTargetDoesNotExportIsFound() {
        assertThat(found(
                        Checks.SCALING,
                        edit(
                                "ScaledObject",
                                "session-service",
                                "/spec/triggers/0/metadata",
                                it -> it.put("query", "sum(drawdown_sessions_alive{namespace=\"drawdown\"})"))))
                .containsExactly(
                        "ScaledObject session-service asks for drawdown_sessions_alive, which its target does not export");
        assertThat(found(
                        Checks.SCALING,
                        edit(
                                "ScaledObject",
                                "session-service",
                                "/spec/triggers/0/metadata",
                                it -> it.put("query", "sum(drawdown_sessions_live)"))))
                .singleElement()
                .asString()
                .contains("asks for no metric of drawdown");
        assertThat(found(
                        Checks.SCALING,
                        edit("ScaledObject", "credits-service", "/spec", it -> it.put("maxReplicaCount", 65))))
                .containsExactly("ScaledObject credits-service asks for more instances than the 64 partitions");
    }

    @Test
    void aPathThatLeadsNowhereOrShouldNotBeOpenIsFound() {
        assertThat(found(
                        Checks.ROUTES,
                        edit(
                                "HTTPRoute",
                                "credits-service",
                                "/spec/rules/0/matches/0/path",
                                it -> it.put("value", "/api/v1"))))
                .contains("HTTPRoute credits-service lets clients to /api/v1/internal/accounts/{id}");
        assertThat(found(
                        Checks.ROUTES,
                        edit("HTTPRoute", "session-service", "/spec/rules/1/timeouts", it -> it.put("request", "60s"))))
                .containsExactly("/api/v1/live/sessions is cut off after 60s");
        assertThat(found(
                        Checks.ROUTES,
                        edit(
                                "HTTPRoute",
                                "checkpoint-worker",
                                "/spec/rules/0/timeouts",
                                it -> it.put("request", "15s"))))
                .containsExactly(
                        "/api/v1/checkpoints/runs is cut off after 15s, before the service would have answered");
        assertThat(found(
                        Checks.ROUTES,
                        edit(
                                "HTTPRoute",
                                "checkpoint-worker",
                                "/spec/rules/0/matches/0/path",
                                it -> it.put("value", "/api/v1/runs"))))
                .containsExactly(
                        "no route leads /api/v1/checkpoints/runs to checkpoint-worker",
                        "HTTPRoute checkpoint-worker has a path that leads to nothing: /api/v1/runs");
    }

    @Test
    void aStopThatIsCutOffIsFound() {
        assertThat(found(
                        Checks.STOPS,
                        edit(
                                "StatefulSet",
                                "session-service",
                                "/spec/template/spec",
                                it -> it.put("terminationGracePeriodSeconds", 30))))
                .containsExactly("StatefulSet session-service is killed after 30 s, and may take 34 s");
        assertThat(found(Checks.STOPS, edit("Deployment", "task-service", CONTAINER + "/env/1", it -> {
                    it.put("name", "DRAWDOWN_TASK_STOP_PATIENCE");
                    it.put("value", "120s");
                })))
                .containsExactly("Deployment task-service is killed after 75 s, and may take 149 s");
        assertThat(found(Checks.STOPS, edit("Deployment", "credits-service", CONTAINER, it -> it.remove("lifecycle"))))
                .containsExactly("Deployment credits-service stops before the routes have forgotten it: 0 s");
        assertThat(found(
                        Checks.STOPS,
                        edit(
                                "Deployment",
                                "credits-service",
                                "/spec/strategy/rollingUpdate",
                                it -> it.put("maxUnavailable", 1))))
                .singleElement()
                .asString()
                .startsWith("Deployment credits-service is updated in another way");
        assertThat(found(Checks.STOPS, rendering -> rendering
                        .get("StatefulSet", "session-service")
                        .put("kind", "Deployment")))
                .singleElement()
                .asString()
                .startsWith("Deployment session-service gives its pods names that do not come back");
    }

    @Test
    void aRightThatIsNotNeededIsFound() {
        assertThat(found(
                        Checks.HARDENING,
                        edit("Deployment", "task-service", CONTAINER + "/securityContext", ObjectNode::removeAll)))
                .containsExactly(
                        "Deployment task-service may gain rights",
                        "Deployment task-service keeps capabilities",
                        "Deployment task-service may write to its root file system");
        assertThat(found(
                        Checks.HARDENING,
                        edit(
                                "CronJob",
                                "billing-run",
                                "/spec/jobTemplate/spec/template/spec/securityContext",
                                ObjectNode::removeAll)))
                .containsExactly("CronJob billing-run may run as root", "CronJob billing-run has no seccomp profile");
        assertThat(found(
                        Checks.HARDENING,
                        edit(
                                "Deployment",
                                "task-service",
                                CONTAINER,
                                it -> it.put("image", "drawdown/task-service:latest"))))
                .containsExactly(
                        "Deployment task-service has another image than that of its version: drawdown/task-service:latest");
        assertThat(found(
                        Checks.HARDENING,
                        edit("ServiceAccount", "task-service", "", it -> it.remove("automountServiceAccountToken"))))
                .containsExactly("ServiceAccount task-service mounts a token");
    }

    static List<String> found(Checks check, Consumer<Rendering> edit) {
        Rendering edited = Overlays.PRODUCTION.rendering().copy();
        edit.accept(edited);
        return check.check().findings(edited);
    }

    static Consumer<Rendering> edit(String kind, String name, String pointer, Consumer<ObjectNode> edit) {
        return rendering -> edit.accept(at(rendering.get(kind, name), pointer));
    }

    static ObjectNode configMap(Rendering rendering) {
        return at(rendering.get("ConfigMap", "drawdown"), "/data");
    }

    private static ObjectNode at(ObjectNode object, String pointer) {
        return (ObjectNode) object.at(pointer);
    }
}
