package io.drawdown.tasks;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.KafkaPublisher;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.testing.TaskServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(TaskServers.class)
class HintsOverTheBrokerTest {

    @Inject
    Broker broker;

    @Inject
    CoreLoop loop;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final ManualTime time = new ManualTime();

    private final class Heard implements Hints {
        @Override
        public void waiting(String queue, Lane lane) {
            heard.add(queue + " " + lane);
        }

        @Override
        public void cancelAsked(String owner) {
            heard.add("cancel " + owner);
        }

        @Override
        public void progressed(TaskProgress progress) {
            heard.add("progress of " + progress.taskId());
        }
    }

    private final HintFeed.Listener listener = new HintFeed.Listener(new Heard(), isThere -> {});

    private record Enabled() implements CoreService {
        @Override
        public Service service() {
            return Service.TASK_SERVICE;
        }

        @Override
        public void start() {}

        @Override
        public Uni<Boolean> stop() {
            return Uni.createFrom().item(true);
        }
    }

    @Test
    void whatOneInstanceHintsAnotherHears() {
        // Given
        HintFeed feed = new HintFeed(broker, loop, listener, new Enabled(), metrics);
        feed.start(new StartupEvent());
        try (KafkaPublisher publisher = broker.publisher(loop)) {
            // When
            HintPublisher hints = new HintPublisher(publisher, "one", time, loop);
            loop.execute(() -> {
                hints.waiting("!video", Lane.LOW);
                hints.cancelAsked("other-1");
            });
            // Then
            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactlyInAnyOrder("!video LOW", "cancel other-1");
        } finally {
            feed.close(new ShutdownEvent());
        }
    }

    @Test
    void recordThatIsNoHintIsCountedAndStopsNothing() {
        // Given
        HintFeed feed = new HintFeed(broker, loop, listener, new Enabled(), metrics);
        feed.start(new StartupEvent());
        List<Junk> junk = Junk.all();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "max.request.size", 2_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            // When: on each topic junk, and then a hint
            String wake = broker.names().of(Topic.TASK_WAKE);
            String control = broker.names().of(Topic.TASK_CONTROL);
            junk.forEach(each -> send(producer, each.record(wake)));
            junk.forEach(each -> send(producer, each.record(control)));
            String ofANewerVersion = "{\"queue\":\"echo\",\"lane\":\"low\",\"more\":1}";
            send(producer, Junk.waiting(ofANewerVersion).record(wake));
            send(producer, Junk.cancel("{\"owner\":\"other-1\"}").record(control));
            // Then
            await().until(() -> heard.containsAll(List.of("echo LOW", "cancel other-1")));
            await().until(() -> metrics.counter(HintFeed.UNREADABLE).count() == 2 * junk.size());
        } finally {
            feed.close(new ShutdownEvent());
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
    }

    @Test
    void theSameHintIsUnderWayOnceAndLeavesOnceMoreIfItCameAgain() {
        // Given
        List<String> published = new CopyOnWriteArrayList<>();
        EventPublisher events = (topic, event) -> {
            published.add(event.key());
            return Uni.createFrom().failure(new IllegalStateException("the broker is away"));
        };
        HintPublisher hints = new HintPublisher(events, "one", time, time);
        // When
        for (int each = 0; each < 100; each++) {
            hints.waiting("echo", Lane.LOW);
        }
        hints.waiting("mail", Lane.LOW);
        int atOnce = published.size();
        time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(atOnce).isEqualTo(2);
        assertThat(published).containsExactly("echo", "mail", "echo");
    }
}
