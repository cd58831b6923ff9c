package io.drawdown.tasks;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.tasks.live.LiveTasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Hands the steps and the progress of tasks to the live thread, one batch after the other: if that thread or the clients are
 * slower than the broker, the records wait there. A record that cannot be read is counted, and is no dead letter: it is a gap, for which the task is read.
 */
final class LiveFeed implements TopicFeed.Listener {

    static final String UNREADABLE = "drawdown.tasks.live.unreadable";

    private static final Logger LOG = Logger.getLogger(LiveFeed.class);

    /** A batch that takes longer is not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final EventReader<TaskEvent> STEPS = new EventReader<>(
            Arrays.stream(TaskEvent.Type.values())
                    .map(TaskEvent.Type::eventType)
                    .collect(Collectors.toSet()),
            TaskEvent.class);
    private static final EventReader<TaskProgress> PROGRESS =
            new EventReader<>(Set.of(TaskProgress.EVENT_TYPE), TaskProgress.class);

    private final LiveTasks tasks;
    private final Executor thread;
    private final Counter unreadable;

    /** @param thread the live thread */
    LiveFeed(LiveTasks tasks, Executor thread, MeterRegistry metrics) {
        this.tasks = tasks;
        this.thread = thread;
        this.unreadable = metrics.counter(UNREADABLE);
    }

    @Override
    public boolean received(List<RawRecord> records) {
        boolean isWatched = tasks.isWatched();
        if (isWatched) {
            records.stream().map(this::read).flatMap(Optional::stream).forEach(thread::execute);
            awaitHandled();
        }
        return isWatched;
    }

    private void awaitHandled() {
        CountDownLatch handled = new CountDownLatch(1);
        thread.execute(() -> tasks.taken().subscribe().with(taken -> handled.countDown()));
        try {
            if (!handled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warnf("Those who watch tasks are told late: seconds=%d", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it tells those who watch; nothing if it is of a type that is not known here. */
    private Optional<Runnable> read(RawRecord record) {
        return switch (STEPS.read(record)) {
            case Decoded.Readable<TaskEvent>(TaskEvent step) -> Optional.of(() -> tasks.happened(step));
            case Decoded.Unreadable<TaskEvent>(String reason) -> unreadable(record, reason);
            case Decoded.Foreign<TaskEvent> _ -> readProgress(record);
        };
    }

    private Optional<Runnable> readProgress(RawRecord record) {
        return switch (PROGRESS.read(record)) {
            case Decoded.Readable<TaskProgress>(TaskProgress progress) -> Optional.of(() -> tasks.progressed(progress));
            case Decoded.Unreadable<TaskProgress>(String reason) -> unreadable(record, reason);
            case Decoded.Foreign<TaskProgress> _ -> Optional.empty();
        };
    }

    private Optional<Runnable> unreadable(RawRecord record, String reason) {
        unreadable.increment();
        LOG.debugf("Event not read: place=%s reason=%s", record.place(), reason);
        return Optional.empty();
    }

    @Override
    public void brokerIsThere(boolean isThere) {
        thread.execute(() -> tasks.brokerIsThere(isThere));
    }
}
