package io.drawdown.tasks.testing;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import io.drawdown.tasks.TaskStores;
import io.drawdown.tasks.TasksCore;
import io.drawdown.tasks.TasksPorts;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.enqueue.Enqueued;
import io.drawdown.tasks.enqueue.NewTask;
import io.drawdown.tasks.run.Hints;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** One core of task-service over stores, handlers and a broker in memory. */
public final class World implements EventPublisher {

    public static final TaskTypes TYPES = new TaskTypes(List.of(
            new TaskType("echo", Policy.DEFAULT, 4, true),
            new TaskType("mail", Policy.DEFAULT, 4, true),
            new TaskType("elsewhere", Policy.DEFAULT, 4, false)));

    public final ManualTime time = new ManualTime();

    /** How long a call of the tasks' store takes. */
    public Duration latency = Duration.ZERO;

    public final MemoryTasks tasks = new MemoryTasks(action -> time.after(latency, action));
    public final MemoryOrderKeys orderKeys = new MemoryOrderKeys(time::execute);
    public final MemoryQueues queues = new MemoryQueues(time::execute);
    public final MemoryCounters counters = new MemoryCounters(time::execute);
    public final MemoryIncarnations incarnations = new MemoryIncarnations(time, time::answer);
    public final PlayedHandlers handlers = new PlayedHandlers();
    public final CountedRuns counted = new CountedRuns();
    /** Every event, as often as it was published. */
    public final List<TaskEvent> events = new ArrayList<>();

    /** What the others were told. */
    public final List<String> hints = new ArrayList<>();

    /** How far the tasks were said to be. */
    public final List<TaskProgress> progress = new ArrayList<>();

    public boolean brokerAway;
    public final TasksCore core;

    public World() {
        this(new TasksSettings("tasks-1", 6, 10_000, 100, 10_000, Duration.ofSeconds(30)));
    }

    public World(TasksSettings settings) {
        core = start(settings);
    }

    /** One more core over the same stores; it is started. */
    public TasksCore another(String instance) {
        return start(new TasksSettings(instance, 6, 10_000, 100, 10_000, Duration.ofSeconds(30)));
    }

    private TasksCore start(TasksSettings settings) {
        TaskStores stores = new TaskStores(tasks, orderKeys, queues, counters, incarnations);
        TasksPorts ports = new TasksPorts(stores, this, handlers, counted, new HintsInWords());
        Random random = new Random(5L + settings.instance().hashCode() - "tasks-1".hashCode());
        TasksCore started = new TasksCore(ports, settings, TYPES, time, time, random);
        started.start();
        pass(100);
        return started;
    }

    private final class HintsInWords implements Hints {
        @Override
        public void waiting(String queue, Lane lane) {
            hints.add(queue + " waits in " + lane);
        }

        @Override
        public void cancelAsked(String owner) {
            hints.add("cancel at " + owner);
        }

        @Override
        public void progressed(TaskProgress latest) {
            progress.add(latest);
        }
    }

    public void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    public Instant now() {
        return time.now();
    }

    /** A small task of that type. */
    public Spec spec(String type) {
        return Tasks.spec(type, "acme", now());
    }

    /** Sends the task, and returns it as it is stored a moment later. */
    public TaskDocument send(Spec spec) {
        Enqueued answer = answer(new NewTask(null, spec, null));
        if (!(answer instanceof Enqueued.Accepted(TaskDocument task))) {
            throw new AssertionError("not accepted: " + answer);
        }
        return tasks.one(task.id());
    }

    /** The answer to a new task, which must come within ten seconds. */
    public Enqueued answer(NewTask wanted) {
        return now(core.enqueue(wanted));
    }

    /** The answer of the core, which must come within ten seconds. */
    public <T> T now(Uni<T> asked) {
        AtomicReference<T> answer = new AtomicReference<>();
        AtomicReference<Throwable> fault = new AtomicReference<>();
        time.execute(() -> asked.subscribe().with(answer::set, fault::set));
        time.runUntilIdle();
        for (int waited = 0; waited < 100 && answer.get() == null && fault.get() == null; waited++) {
            pass(100);
        }
        if (fault.get() instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (answer.get() == null) {
            throw new AssertionError("no answer within ten seconds");
        }
        return answer.get();
    }

    /** The types of the events of the task, in the order in which they were published. */
    public List<TaskEvent.Type> eventsOf(String id) {
        return events.stream()
                .filter(event -> event.taskId().equals(id))
                .map(TaskEvent::type)
                .toList();
    }

    @Override
    public Uni<Void> publish(Topic topic, CloudEvent event) {
        return time.answer(() -> {
            if (brokerAway) {
                throw new Unavailable("the broker is away");
            }
            if (topic.equals(Topic.TASK_LIFECYCLE)) {
                events.add(Json.read(event.data(), TaskEvent.class));
            }
            return null;
        });
    }
}
