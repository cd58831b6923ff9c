package io.drawdown.bench.tasks;

import io.drawdown.bench.load.Pause;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.contracts.TaskEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Counts the steps of tasks as their events come. Safe for use by several threads. */
final class TaskWatch {

    private static final Duration LOOK = Duration.ofMillis(2);

    /** An event may come again, so those of the first attempt say nothing about a second one. */
    private static final String SECOND = "\"attempt\":2,";

    private final AtomicLong startedAgain = new AtomicLong();
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Long>> cancelled = new ConcurrentHashMap<>();

    static TaskWatch of(TopicEvents lifecycle) {
        TaskWatch watch = new TaskWatch();
        lifecycle.listen(watch::see);
        return watch;
    }

    private void see(ConsumerRecord<String, byte[]> event) {
        Header type = event.headers().lastHeader("ce_type");
        String step = new String(type.value(), UTF_8);
        counter(step).incrementAndGet();
        if (step.equals(TaskEvent.Type.STARTED.eventType()) && new String(event.value(), UTF_8).contains(SECOND)) {
            startedAgain.incrementAndGet();
        }
        if (step.equals(TaskEvent.Type.CANCELLED.eventType())) {
            whenCancelled(event.key()).complete(System.nanoTime());
        }
    }

    private AtomicLong counter(String step) {
        return counts.computeIfAbsent(step, first -> new AtomicLong());
    }

    long count(TaskEvent.Type step) {
        return counter(step.eventType()).get();
    }

    /** Completes with the moment at which its event came, of {@link System#nanoTime}. */
    CompletableFuture<Long> whenCancelled(String taskId) {
        return cancelled.computeIfAbsent(taskId, first -> new CompletableFuture<>());
    }

    /**
     * Returns when so many steps of the kind have been seen.
     *
     * @throws IllegalStateException if they have not within this time
     */
    void await(TaskEvent.Type step, long count, Duration patience) {
        await(counter(step.eventType()), count, patience);
    }

    /** As {@link #await}, for tasks that have begun their second attempt. */
    void awaitStartedAgain(long count, Duration patience) {
        await(startedAgain, count, patience);
    }

    private static void await(AtomicLong seen, long count, Duration patience) {
        long givenUp = System.nanoTime() + patience.toNanos();
        while (seen.get() < count) {
            if (System.nanoTime() > givenUp) {
                throw new IllegalStateException(seen + " events came, not " + count);
            }
            Pause.of(LOOK);
        }
    }
}
