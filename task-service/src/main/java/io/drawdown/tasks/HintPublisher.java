package io.drawdown.tasks;

import io.drawdown.contracts.TaskCancelAsked;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.TaskWaiting;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.task.Lane;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Publishes hints. The same hint is under way once, and leaves ten times a second at most; what comes meanwhile is one more.
 * Belongs to the thread of the core.
 */
final class HintPublisher implements Hints {

    private static final Logger LOG = Logger.getLogger(HintPublisher.class);
    private static final Duration PACE = Duration.ofMillis(100);

    private final EventPublisher events;
    private final String instance;
    private final Time time;
    private final Scheduler scheduler;
    private final Set<Hint> underWay = new HashSet<>();
    private final Set<Hint> again = new HashSet<>();
    private final ProgressPublisher progress;
    private long sequence;

    /** @param instance the sender, which reads its own hints too */
    HintPublisher(EventPublisher events, String instance, Time time, Scheduler scheduler) {
        this.events = events;
        this.instance = instance;
        this.time = time;
        this.scheduler = scheduler;
        this.progress = new ProgressPublisher(events, time, scheduler);
    }

    /** @param data a record of contracts; equal hints have equal data */
    private record Hint(Topic topic, String type, String key, Record data) {}

    @Override
    public void waiting(String queue, Lane lane) {
        TaskWaiting data = new TaskWaiting(queue, lane.name().toLowerCase(Locale.ROOT));
        publish(new Hint(Topic.TASK_WAKE, TaskWaiting.EVENT_TYPE, queue, data));
    }

    @Override
    public void cancelAsked(String owner) {
        publish(new Hint(Topic.TASK_CONTROL, TaskCancelAsked.EVENT_TYPE, owner, new TaskCancelAsked(owner)));
    }

    @Override
    public void progressed(TaskProgress latest) {
        progress.progressed(latest);
    }

    private void publish(Hint hint) {
        if (!underWay.add(hint)) {
            again.add(hint);
            return;
        }
        events.publish(hint.topic(), event(hint))
                .onFailure()
                .recoverWithUni(fault -> {
                    LOG.debugf("Hint lost: type=%s fault=%s", hint.type(), fault);
                    return Uni.createFrom().voidItem();
                })
                .subscribe()
                .with(done -> scheduler.after(PACE, () -> over(hint)));
    }

    private void over(Hint hint) {
        underWay.remove(hint);
        if (again.remove(hint)) {
            publish(hint);
        }
    }

    private CloudEvent event(Hint hint) {
        return new CloudEvent(
                instance + ":" + time.nanos() + ":" + sequence++,
                hint.type(),
                TaskOutbox.SOURCE,
                instance,
                time.now(),
                hint.key(),
                Json.bytes(hint.data()));
    }
}
