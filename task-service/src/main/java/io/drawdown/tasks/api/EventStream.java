package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.live.Interest;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.LiveListener;
import io.drawdown.tasks.live.LiveView;
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

    private final LiveService live;
    private final Client client;
    private final UniEmitter<? super Events> opening;
    private final UnicastProcessor<String> events;
    private final ResettableTimer keepAlive;
    private final ResettableTimer expiry;
    private final LiveView view;
    private boolean isOpen;
    private boolean isClosed;

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
    static Uni<Events> open(LiveService live, Client client) {
        if (!live.seats().take(client.account())) {
            return Uni.createFrom().failure(new ProblemException(ProblemType.RATE_LIMITED, LiveService.FULL));
        }
        return Uni.createFrom().emitter(opening -> new EventStream(live, client, opening).begin());
    }

    private EventStream(LiveService live, Client client, UniEmitter<? super Events> opening) {
        this.live = live;
        this.client = client;
        this.opening = opening;
        this.events = UnicastProcessor.create(
                new ArrayBlockingQueue<>(MOST_WAITING), () -> live.loop().execute(this::close));
        this.keepAlive = new ResettableTimer(live.loop());
        this.expiry = new ResettableTimer(live.loop());
        this.view = live.tasks().open(client.account(), this);
    }

    private void begin() {
        opening.onTermination(() -> live.loop().execute(this::closeUnlessOpen));
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
            live.seats().leave(client.account());
        }
    }

    private void end() {
        close();
        events.onComplete();
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
        changed(tasks.getFirst());
        opening.complete(new Events(events));
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
        if (isOpen) {
            end();
        }
    }
}
