package io.drawdown.tasks.api.watch;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.api.TaskView;
import io.drawdown.tasks.live.Interest;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.LiveListener;
import io.drawdown.tasks.live.LiveTasks;
import io.drawdown.tasks.live.LiveView;
import io.drawdown.tasks.live.Seats;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The events of one task on their way to one client, as text. Belongs to the live thread. */
final class EventStream implements LiveListener {

    static final Duration LONGEST = Duration.ofHours(1);

    /** Events that a slow client has not taken; with more the stream breaks. */
    private static final int MOST_WAITING = 256;

    private static final String COMMENT = ":\n\n";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** An answer that nobody reads by then never will be: its client hung up while it was on its way. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);

    private final Room room;
    private final Client client;
    private final UniEmitter<? super Events> opening;
    private final UnicastProcessor<String> events;
    private final ResettableTimer keepAlive;
    private final ResettableTimer expiry;
    private final ResettableTimer unread;
    private final LiveView view;
    private boolean isOpen;
    private boolean isClosed;
    private boolean isLast;

    /** Where clients are. */
    record Room(LiveTasks tasks, Seats seats, Scheduler thread) {}

    /**
     * Who watches what.
     *
     * @param account whose tasks alone the client may see; null: all
     * @param validFor how long its token is valid
     */
    record Client(String taskId, @Nullable String account, Duration validFor) {}

    /** Server-sent events, for one subscriber; one that cancels is told nothing more. */
    record Events(Multi<String> text) {}

    /** Whether the broker is away. */
    record Stale(boolean stale) {}

    /**
     * Completes when the first event is there. Fails if there is no such task, it cannot be read, or too many clients watch. If it
     * is cancelled, nothing is watched.
     */
    static Uni<Events> open(Room room, Client client) {
        if (!room.seats().take(client.account())) {
            return Uni.createFrom().failure(new ProblemException(ProblemType.RATE_LIMITED, LiveService.FULL));
        }
        return Uni.createFrom().emitter(opening -> new EventStream(room, client, opening).begin());
    }

    private EventStream(Room room, Client client, UniEmitter<? super Events> opening) {
        this.room = room;
        this.client = client;
        this.opening = opening;
        this.events = UnicastProcessor.create(
                new ArrayBlockingQueue<>(MOST_WAITING), () -> room.thread().execute(this::close));
        this.keepAlive = new ResettableTimer(room.thread());
        this.expiry = new ResettableTimer(room.thread());
        this.unread = new ResettableTimer(room.thread());
        this.view = room.tasks().open(client.account(), this);
    }

    private void begin() {
        opening.onTermination(() -> room.thread().execute(this::closeUnlessOpen));
        expiry.set(client.validFor().compareTo(LONGEST) < 0 ? client.validFor() : LONGEST, this::end);
        keepAlive();
        view.watch(new OfTask(client.taskId()));
    }

    private void closeUnlessOpen() {
        if (!isOpen) {
            close();
        }
    }

    /** Once, whoever ends it. */
    private void close() {
        if (!isClosed) {
            isClosed = true;
            view.close();
            keepAlive.cancel();
            expiry.cancel();
            unread.cancel();
            room.seats().leave(client.account());
        }
    }

    /** At the earliest when the task was told once. */
    private void end() {
        isLast = true;
        if (isOpen) {
            close();
            events.onComplete();
        }
    }

    private void refuse(Throwable fault) {
        close();
        if (isOpen) {
            events.onComplete();
        } else {
            opening.fail(fault);
        }
    }

    /** A comment, by which a client or a proxy sees that the stream lives. */
    private void keepAlive() {
        keepAlive.set(KEEP_ALIVE, () -> {
            events.onNext(COMMENT);
            keepAlive();
        });
    }

    /** JSON has no line breaks. */
    private void tell(String name, Object data) {
        events.onNext("event: " + name + "\ndata: " + Json.text(data) + "\n\n");
    }

    @Override
    public void found(Interest interest, List<TaskDocument> tasks) {
        isOpen = true;
        unread.set(READ_WITHIN, this::end);
        changed(tasks.getFirst());
        if (isLast) {
            end();
        }
        opening.complete(new Events(events.onSubscription().invoke(this::isRead)));
    }

    private void isRead() {
        room.thread().execute(unread::cancel);
    }

    @Override
    public void missing(String taskId) {
        refuse(new ProblemException(ProblemType.TASK_NOT_FOUND));
    }

    @Override
    public void failed(Interest interest, Throwable fault) {
        refuse(fault);
    }

    @Override
    public void changed(TaskDocument task) {
        tell("task", TaskView.inList(task));
        if (task.isOver()) {
            end();
        }
    }

    @Override
    public void happened(TaskEvent step) {
        tell("step", step);
        if (step.type().isTerminal()) {
            end();
        }
    }

    @Override
    public void progressed(TaskProgress progress) {
        tell("progress", progress);
    }

    @Override
    public void stale(boolean isStale) {
        tell("stale", new Stale(isStale));
    }

    @Override
    public void stopping() {
        end();
    }
}
