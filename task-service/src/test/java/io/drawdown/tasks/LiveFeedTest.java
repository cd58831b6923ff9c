package io.drawdown.tasks;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.live.LiveReads;
import io.drawdown.tasks.live.LiveTasks;
import io.drawdown.tasks.live.TaskWaits;
import io.drawdown.tasks.live.TaskWaits.Wanted;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.Tasks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LiveFeedTest {

    private static final String ID = "tsk_0123456789abcdef0123456789";

    private final ManualTime time = new ManualTime();
    private final LiveTasks tasks = new LiveTasks(new Unanswered(), time);
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Runnable> handed = new CopyOnWriteArrayList<>();

    /** A store that does not answer. */
    private static final class Unanswered implements LiveReads {
        @Override
        public Uni<Optional<TaskDocument>> task(String id) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Uni<List<TaskDocument>> tasks(Collection<String> ids) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Uni<List<TaskDocument>> page(Query query) {
            return Uni.createFrom().nothing();
        }
    }

    private Cancellable someoneWatches() {
        return new TaskWaits(tasks)
                .next(new Wanted(ID, null, null, Duration.ofSeconds(20)))
                .subscribe()
                .with(found -> {});
    }

    private LiveFeed feed(Executor thread) {
        return new LiveFeed(tasks, thread, metrics);
    }

    private double unreadable() {
        return metrics.counter(LiveFeed.UNREADABLE).count();
    }

    private static RawRecord record(String type, byte[] data) {
        CloudEvent event = new CloudEvent(ID + ":1", type, "task-service", ID, Tasks.AT, ID, data);
        return RawRecord.of(event, "t", 0, 7);
    }

    private static RawRecord step() {
        TaskEvent step = new TaskEvent(
                TaskEvent.Type.QUEUED, ID, 1, "echo", "acme", null, null, 1, 0, Tasks.AT, null, null, null);
        return record(step.type().eventType(), Json.bytes(step));
    }

    private static RawRecord progress() {
        TaskProgress.Labels labels = new TaskProgress.Labels("echo", "acme", null, null);
        TaskProgress progress = new TaskProgress(ID, labels, 1, 1, 1, 40, null, Tasks.AT);
        return record(TaskProgress.EVENT_TYPE, Json.bytes(progress));
    }

    private static RawRecord raw(Junk junk) {
        ProducerRecord<byte[], byte[]> record = junk.record("t");
        String key = record.key() == null ? null : new String(record.key(), UTF_8);
        return new RawRecord("t", 0, 7, key, record.value(), record.headers());
    }

    @Test
    void stepsAndProgressAreHandedOnInOrder() {
        // Given
        someoneWatches();
        // When
        feed(action -> {
                    handed.add(action);
                    action.run();
                })
                .received(List.of(step(), progress(), step()));
        // Then: the last one says that all are handled
        assertThat(handed).hasSize(4);
        assertThat(unreadable()).isZero();
    }

    @Test
    void recordThatCannotBeReadIsCountedAndStopsNothing() {
        // Given
        someoneWatches();
        List<RawRecord> records = new ArrayList<>();
        Junk.all().forEach(junk -> records.add(raw(junk)));
        records.add(record(TaskProgress.EVENT_TYPE, "{\"task_id\":7}".getBytes(UTF_8)));
        records.add(record(TaskEvent.Type.QUEUED.eventType(), "[]".getBytes(UTF_8)));
        records.add(record("io.drawdown.task.praised.v1", "{}".getBytes(UTF_8)));
        records.add(step());
        // When
        feed(action -> {
                    handed.add(action);
                    action.run();
                })
                .received(records);
        // Then: the junk has mostly types that are not known here
        assertThat(handed).hasSize(2);
        assertThat(unreadable()).isEqualTo(4);
    }

    @Test
    void nextBatchWaitsUntilThisOneIsHandled() {
        // Given
        someoneWatches();
        LiveFeed feed = feed(handed::add);
        // When
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> feed.received(List.of(step())));
        await().until(() -> handed.size() == 2);
        boolean isEarly = first.isDone();
        handed.forEach(Runnable::run);
        first.join();
        // Then
        assertThat(isEarly).isFalse();
    }

    @Test
    void nothingIsHandedOnWhileNobodyWatches() {
        // Given
        someoneWatches().cancel();
        time.runUntilIdle();
        // When
        feed(handed::add).received(List.of(step()));
        // Then
        assertThat(handed).isEmpty();
    }
}
