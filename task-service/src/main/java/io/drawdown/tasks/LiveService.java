package io.drawdown.tasks;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.runtime.CoreService;
import io.drawdown.tasks.config.LiveConfig;
import io.drawdown.tasks.live.LiveTasks;
import io.drawdown.tasks.live.Seats;
import io.drawdown.tasks.live.TaskWaits;
import io.drawdown.tasks.task.TaskDocument;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever watches tasks, on a thread of their own: many clients must not slow down the core. Every instance reads all steps and
 * all progress.
 */
@Singleton
public final class LiveService {

    /** What a client is told if too many watch. */
    public static final String FULL = "too many clients watch tasks";

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private final CoreService service;
    private final CoreLoop loop;
    private final LiveTasks tasks;
    private final TaskWaits waits;
    private final Seats seats;
    private final TopicFeed feed;

    LiveService(
            Vertx vertx,
            Broker broker,
            StoredTasks stored,
            LiveConfig config,
            CoreService service,
            MeterRegistry metrics) {
        this.service = service;
        loop = new CoreLoop(vertx);
        tasks = new LiveTasks(stored.answeringOn(loop), loop);
        waits = new TaskWaits(tasks);
        LiveConfig.Live bounds = config.task().live();
        seats = new Seats(bounds.clients(), bounds.perAccount());
        feed = new TopicFeed(
                broker,
                "task-steps",
                Set.of(Topic.TASK_LIFECYCLE, Topic.TASK_PROGRESS),
                new LiveFeed(tasks, loop, metrics));
        Gauge.builder("drawdown.tasks.live.clients", tasks, LiveTasks::clients).register(metrics);
    }

    /** The live thread. */
    public CoreLoop loop() {
        return loop;
    }

    /** Whoever watches; used on the live thread. */
    public LiveTasks tasks() {
        return tasks;
    }

    /** The room for those who watch; used on the live thread. */
    public Seats seats() {
        return seats;
    }

    /**
     * See {@link TaskWaits#next}; on the live thread.
     *
     * @throws ProblemException if too many clients watch already
     */
    public Uni<Optional<TaskDocument>> next(TaskWaits.Wanted wanted) {
        if (!seats.take(wanted.account())) {
            throw new ProblemException(ProblemType.RATE_LIMITED, FULL);
        }
        return waits.next(wanted).onTermination().invoke(() -> seats.leave(wanted.account()));
    }

    void start(@Observes StartupEvent event) {
        if (service.isEnabled()) {
            feed.start();
        }
    }

    /** Tells those who watch, while they can still hear it. */
    void stopWhileConnected(@Observes ShutdownDelayInitiatedEvent event) {
        loop.call(() -> Uni.createFrom().voidItem().invoke(tasks::stop))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
    }

    void close(@Observes ShutdownEvent event) {
        feed.close();
    }
}
