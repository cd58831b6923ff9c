package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.CardForm;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import io.drawdown.e2e.OtlpReceiver.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spans of one session, by a collector in this process: from the frame that ends it to the ledger row and its event, and from
 * a heartbeat over Kafka to the settlement. The services write JSON logs meanwhile.
 */
class TracesTest {

    private static final String CREDITS = Service.CREDITS_SERVICE.serviceName();
    private static final String SESSIONS = Service.SESSION_SERVICE.serviceName();
    private static final String WORKER = Service.CHECKPOINT_WORKER.serviceName();
    private static final String TASKS = Service.TASK_SERVICE.serviceName();
    private static final String BILLING = Service.BILLING_BATCH.serviceName();
    private static final Pattern EXEMPLAR = Pattern.compile(
            "http_server_requests_seconds_bucket\\{.*sessions/\\{id}/start\".*# \\{.*trace_id=\"([0-9a-f]{32})\"");
    private static final int ONE_MORE_THAN_IS_FREE = 4;
    private static final String FUNDING = "POST /api/v1/internal/sessions/{id}/";
    private static final Set<String> ATTRIBUTES = Set.of(
            "http.request.method",
            "http.route",
            "http.response.status_code",
            "url.template",
            "server.address",
            "server.port",
            "error.type",
            "messaging.system",
            "messaging.destination.name",
            "messaging.operation.name",
            "messaging.operation.type",
            "db.system.name",
            "db.collection.name",
            "db.operation.name",
            "drawdown.frame",
            "drawdown.operations",
            "drawdown.task.type",
            "drawdown.batch.process");

    @Test
    void oneChargeIsFollowedFromTheFrameToTheLedgerRowAndItsEvent(@TempDir Path home) throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.start()) {
            try (Suite suite = Suite.start(
                    home,
                    settings(collector),
                    Service.CREDITS_SERVICE,
                    Service.SESSION_SERVICE,
                    Service.CHECKPOINT_WORKER,
                    Service.TASK_SERVICE,
                    Service.BILLING_BATCH)) {
                // Given
                suite.open("traced", 100_000);
                PersistentClient client = suite.clients(
                                1, i -> new SessionRequest("traced", "live_dubbing", "key-" + i))
                        .getFirst();
                Thread playing = Thread.ofVirtual().start(() -> suite.runAll(List.of(client), 60));
                suite.await(60, () -> suite.ledger("traced").causes().contains("checkpoint"));
                // When
                client.end();
                Suite.join(playing);
                suite.awaitNothingHeld("traced");
                // Then
                suite.await(30, () -> isTold(collector, sent(suite, Topic.SESSION_LIFECYCLE), SESSIONS, 2));
                followsTheStart(collector, suite);
                followsTheEnd(collector, suite);
                followsTheCheckpoint(collector, suite);
                followsATask(collector, suite);
                followsARun(collector, suite);
                assertThat(collector.spans()).allSatisfy(TracesTest::isHarmless);
                writesJson(collector, suite);
                namesOneCharge(collector, suite);
                showsExemplars(collector, suite);
            }
        }
    }

    private static Map<String, String> settings(OtlpReceiver collector) {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.address(),
                "OTEL_BSP_SCHEDULE_DELAY", "200",
                "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "true",
                "QUARKUS_LOG_CATEGORY__IO_DRAWDOWN__LEVEL", "DEBUG",
                "DRAWDOWN_CHECKPOINT_INTERVAL", "5s");
    }

    private static void followsTheStart(OtlpReceiver collector, Suite suite) {
        followsTheCall(collector, suite, startFrame(collector), "start");
    }

    /** The frame that started the session; the service may have turned away others before. */
    private static Told startFrame(OtlpReceiver collector) {
        Told call = one(collector, told -> told.is(SESSIONS, FUNDING + "start"));
        Told frame = one(collector, told -> told.is(SESSIONS, "frame Start") && call.isCausedBy(told));
        one(collector, told -> told.is(SESSIONS, "GET /api/v1/live/sessions") && frame.isCausedBy(told));
        return frame;
    }

    private static void followsTheEnd(OtlpReceiver collector, Suite suite) {
        Told frame = one(collector, told -> told.is(SESSIONS, "frame End"));
        one(collector, told -> told.is(SESSIONS, "GET /api/v1/live/sessions") && frame.isCausedBy(told));
        followsTheCall(collector, suite, frame, "release");
        one(collector, told -> told.is(SESSIONS, sent(suite, Topic.SESSION_LIFECYCLE)) && told.isCausedBy(frame));
    }

    /** The call, its request, the write, the row and the event. */
    private static void followsTheCall(OtlpReceiver collector, Suite suite, Told frame, String question) {
        Told call = one(collector, told -> told.is(SESSIONS, FUNDING + question) && told.isCausedBy(frame));
        Told request = one(collector, told -> told.is(CREDITS, FUNDING + question) && told.isCausedBy(call));
        assertThat(List.of(call.origin().kind(), request.origin().kind()))
                .containsExactly("SPAN_KIND_CLIENT", "SPAN_KIND_SERVER");
        assertThat(request.attributes()).containsEntry("http.response.status_code", "200");
        settles(collector, suite, request);
    }

    private static void settles(OtlpReceiver collector, Suite suite, Told cause) {
        one(collector, told -> told.is(CREDITS, "update accounts") && told.isAbout(cause));
        one(collector, told -> told.is(CREDITS, "insert ledger") && told.isAbout(cause));
        one(collector, told -> told.is(CREDITS, sent(suite, Topic.CREDITS_ACCOUNT)) && told.isCausedBy(cause));
    }

    private static void followsTheCheckpoint(OtlpReceiver collector, Suite suite) {
        Told start = startFrame(collector);
        List<Told> settled = collector.spans().stream()
                .filter(told -> told.is(CREDITS, "update accounts"))
                .flatMap(write -> collector.spans().stream()
                        .filter(told -> told.is(CREDITS, received(suite, Topic.METERING_USAGE)) && write.isAbout(told)))
                .toList();
        assertThat(settled).isNotEmpty();
        Told usage = settled.getFirst();
        Told report =
                one(collector, told -> told.is(WORKER, sent(suite, Topic.METERING_USAGE)) && usage.isCausedBy(told));
        Told heard = one(
                collector, told -> told.is(WORKER, received(suite, Topic.SESSION_HEARTBEAT)) && report.isAbout(told));
        Told heartbeat = one(
                collector, told -> told.is(SESSIONS, sent(suite, Topic.SESSION_HEARTBEAT)) && heard.isCausedBy(told));
        assertThat(heartbeat.isAbout(start)).isTrue();
        settles(collector, suite, usage);
    }

    /** From the request that sends it to its run and its events. */
    private static void followsATask(OtlpReceiver collector, Suite suite) {
        suite.tasks(Role.GATEWAY)
                .post("tasks", "task-1", "{\"type\":\"echo\",\"payload\":{}}")
                .expect(202);
        suite.await(30, () -> Stream.of("POST /api/v1/tasks", "run echo", sent(suite, Topic.TASK_LIFECYCLE))
                .allMatch(name -> collector.spans().stream().anyMatch(told -> told.is(TASKS, name))));
        Told request = one(collector, told -> told.is(TASKS, "POST /api/v1/tasks"));
        one(collector, told -> told.is(TASKS, "run echo") && told.isCausedBy(request));
        one(collector, told -> told.is(TASKS, sent(suite, Topic.TASK_LIFECYCLE)) && told.isCausedBy(request));
    }

    /** From the request that begins it to the call of Slack, for an item that another request queued. */
    private static void followsARun(OtlpReceiver collector, Suite suite) {
        Api billing = suite.batch(suite.stack().api(Service.BILLING_BATCH), Role.GATEWAY);
        Api stripe = new Api(suite.stack().standIns().stripe().orElseThrow(), CardForm.PUBLISHABLE_KEY);
        BatchClient batch = new BatchClient(suite, suite.stack().api(Service.BILLING_BATCH));
        new CardForm(billing, stripe).attach("pages", CardForm.PAYS);
        batch.tell("pages", "C1");
        batch.queue("pages", 1, ONE_MORE_THAN_IS_FREE, "");
        assertThat(batch.run(60, false).status()).isEqualTo(200);
        // The scheduler's own run may be told before.
        suite.await(30, () -> isTold(collector, "POST /api/worker/queue_worker", BILLING, 1));
        Told request = one(collector, told -> told.is(BILLING, "POST /api/worker/queue_worker"));
        Told run = one(collector, told -> told.is(BILLING, "batch run") && told.isCausedBy(request));
        Told process = one(collector, told -> told.is(BILLING, "run queued_pages") && told.isCausedBy(run));
        Told item = one(collector, told -> told.is(BILLING, "move item") && told.isCausedBy(process));
        one(collector, told -> told.is(BILLING, "charge item") && told.isCausedBy(item));
        Told publication = one(collector, told -> told.is(BILLING, "publish item") && told.isCausedBy(item));
        one(collector, told -> told.is(BILLING, "publish post") && told.isCausedBy(publication));
        one(collector, told -> told.is(BILLING, "POST /api/v1/queue/items") && item.isAbout(told));
    }

    private static boolean isTold(OtlpReceiver collector, String name, String service, int times) {
        return collector.spans().stream().filter(told -> told.is(service, name)).count() >= times;
    }

    private static Told one(OtlpReceiver collector, Predicate<Told> wanted) {
        List<Told> found = collector.spans().stream().filter(wanted).toList();
        assertThat(found)
                .as(() -> "of " + collector.spans().stream().map(Told::toString).toList())
                .isNotEmpty();
        return found.getFirst();
    }

    private static String sent(Suite suite, Topic topic) {
        return "send " + suite.stack().topicPrefix() + topic.topicName();
    }

    private static String received(Suite suite, Topic topic) {
        return "process " + suite.stack().topicPrefix() + topic.topicName();
    }

    /** Nothing names a person, an account or a secret, and the names are few. */
    private static void isHarmless(Told span) {
        assertThat(ATTRIBUTES).containsAll(span.attributes().keySet());
        assertThat(span.name() + span.attributes().values()).doesNotContain("traced", "ses_", "eyJ", "Bearer");
    }

    /** Each line is one object; one of a request names the trace that its span told. */
    private static void writesJson(OtlpReceiver collector, Suite suite) {
        for (String service : List.of(CREDITS, SESSIONS, WORKER)) {
            assertThat(jsonLog(suite, service)).isNotEmpty().allSatisfy(line -> {
                assertThat(line.path("service").asText()).isEqualTo(service);
                assertThat(List.of("instance", "timestamp", "level", "message")).allMatch(line::hasNonNull);
            });
        }
        Told release = one(collector, told -> told.is(CREDITS, FUNDING + "release"));
        assertThat(jsonLog(suite, CREDITS)).anySatisfy(line -> {
            assertThat(line.path("message").asText()).contains("/release");
            assertThat(line.path("mdc").path("traceId").asText()).isEqualTo(release.traceId());
            assertThat(line.path("mdc").hasNonNull("requestId")).isTrue();
        });
    }

    /** The charge that a checkpoint causes is in the lines of every service that works on it, of consumers and cores. */
    private static void namesOneCharge(OtlpReceiver collector, Suite suite) {
        Told usage = one(
                collector,
                told -> told.is(CREDITS, received(suite, Topic.METERING_USAGE)) && isSettled(collector, told));
        for (String service : List.of(WORKER, CREDITS, SESSIONS)) {
            suite.await(10, () -> hasLine(suite, service, usage.traceId(), "Event"));
        }
        assertThat(hasLine(suite, CREDITS, usage.traceId(), "Command written: account=traced "))
                .isTrue();
        Told frame = one(collector, told -> told.is(SESSIONS, "frame End"));
        assertThat(hasLine(suite, SESSIONS, frame.traceId(), "Frame received: frame=End"))
                .isTrue();
        assertThat(hasLine(suite, CREDITS, frame.traceId(), "Command written: account=traced "))
                .isTrue();
    }

    private static boolean isSettled(OtlpReceiver collector, Told usage) {
        return collector.spans().stream().anyMatch(told -> told.is(CREDITS, "update accounts") && told.isAbout(usage));
    }

    private static boolean hasLine(Suite suite, String service, String traceId, String beginning) {
        return jsonLog(suite, service).stream()
                .anyMatch(line -> line.path("mdc").path("traceId").asText().equals(traceId)
                        && line.path("message").asText().startsWith(beginning));
    }

    /** A bucket of the times of requests names one of them. */
    private static void showsExemplars(OtlpReceiver collector, Suite suite) {
        List<String> traces = Management.openMetrics(suite.stack().child(Service.CREDITS_SERVICE))
                .map(EXEMPLAR::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
        assertThat(traces).isNotEmpty().allMatch(id -> collector.spans().stream()
                .anyMatch(told ->
                        told.is(CREDITS, FUNDING + "start") && told.traceId().equals(id)));
    }

    private static List<JsonNode> jsonLog(Suite suite, String service) {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(suite.stack().logsFolder().resolve(service + ".log"))) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    lines.add(json.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
