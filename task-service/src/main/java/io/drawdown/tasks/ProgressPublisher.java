package io.drawdown.tasks;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.store.TaskOutbox;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Publishes how far the tasks are that run here: the latest report of each task, four times a second at most. While the reports
 * of one round are not all sent, the next round waits, so a broker that is away costs no more than one report of each task.
 * Belongs to the thread of the core.
 */
final class ProgressPublisher {

    static final Duration PERIOD = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger(ProgressPublisher.class);

    private final EventPublisher events;
    private final Time time;
    private final ResettableTimer rounds;
    private final Map<String, TaskProgress> latest = new LinkedHashMap<>();
    private int underWay;
    private long nextNanos;

    ProgressPublisher(EventPublisher events, Time time, Scheduler scheduler) {
        this.events = events;
        this.time = time;
        this.rounds = new ResettableTimer(scheduler);
        this.nextNanos = time.nanos();
    }

    void progressed(TaskProgress report) {
        latest.put(report.taskId(), report);
        prepare();
    }

    private void prepare() {
        if (!latest.isEmpty() && underWay == 0 && !rounds.isSet()) {
            rounds.set(Duration.ofNanos(Math.max(0, nextNanos - time.nanos())), this::publish);
        }
    }

    private void publish() {
        List<TaskProgress> round = List.copyOf(latest.values());
        latest.clear();
        nextNanos = time.nanos() + PERIOD.toNanos();
        underWay = round.size();
        round.forEach(this::publish);
    }

    private void publish(TaskProgress report) {
        events.publish(Topic.TASK_PROGRESS, event(report))
                .onFailure()
                .recoverWithUni(fault -> {
                    LOG.debugf("Progress lost: taskId=%s fault=%s", report.taskId(), fault);
                    return Uni.createFrom().voidItem();
                })
                .subscribe()
                .with(done -> published());
    }

    private void published() {
        underWay--;
        prepare();
    }

    private static CloudEvent event(TaskProgress report) {
        return new CloudEvent(
                report.taskId() + ":" + report.fence() + ":" + report.n(),
                TaskProgress.EVENT_TYPE,
                TaskOutbox.SOURCE,
                report.taskId(),
                report.at(),
                report.taskId(),
                Json.bytes(report));
    }
}
