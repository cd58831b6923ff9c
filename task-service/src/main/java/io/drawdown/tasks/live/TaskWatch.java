package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.task.TaskDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One task as one client sees it. It is registered before it is read; steps that come meanwhile wait, and those that the read
 * task shows already are dropped. After a gap the task is read again.
 */
final class TaskWatch {

    static final Duration READ_AGAIN = Duration.ofSeconds(2);

    /** Of those that wait for a read, the oldest go: then the next one is a gap. */
    static final int MOST_WAITING = 64;

    private final String id;
    private final LiveReads reads;
    private final ResettableTimer again;
    private final Owner owner;
    private final List<TaskEvent> waiting = new ArrayList<>();
    private @Nullable Trail trail;
    private TaskProgress.@Nullable Labels labels;
    private boolean isReading;
    private boolean isAsked;
    private boolean isAfterGap;
    private boolean isFruitless;
    private boolean isClosed;

    /** The client's view. */
    interface Owner {

        boolean maySee(TaskDocument task);

        /** The task, because it was asked for. */
        void found(String id, TaskDocument task);

        /** The task cannot be read, although it was asked for. */
        void notRead(String id, Throwable fault);

        void missing(String id);

        void changed(TaskDocument task);

        void happened(TaskEvent step);

        void progressed(TaskProgress progress);
    }

    TaskWatch(String id, LiveReads reads, Scheduler scheduler, Owner owner) {
        this.id = id;
        this.reads = reads;
        this.again = new ResettableTimer(scheduler);
        this.owner = owner;
    }

    String id() {
        return id;
    }

    /** Begins with a task that its client is told of by someone else. */
    void begin(TaskDocument task) {
        trail = Trail.of(task);
        labels = task.spec().progressLabels();
    }

    /** Begins with that step. */
    void begin(TaskEvent step) {
        trail = Trail.of(step);
        labels = labelsOf(step);
        owner.happened(step);
    }

    /** What belongs to the task whatever happens to it; null: that is not known yet. */
    TaskProgress.@Nullable Labels labels() {
        return labels;
    }

    private static TaskProgress.Labels labelsOf(TaskEvent step) {
        return new TaskProgress.Labels(step.taskType(), step.tenant(), step.accountId(), step.tags());
    }

    /** Reads the task, and tells of it in any case. */
    void ask() {
        isAsked = true;
        read();
    }

    /** Nobody asks for it any more; its steps are told as before. */
    void askNoMore() {
        isAsked = false;
    }

    private void read() {
        isReading = true;
        again.cancel();
        reads.task(id).subscribe().with(this::arrived, this::failed);
    }

    private void arrived(Optional<TaskDocument> found) {
        if (isClosed) {
            return;
        }
        isReading = false;
        @Nullable TaskDocument task = found.filter(owner::maySee).orElse(null);
        if (task == null) {
            owner.missing(id);
            return;
        }
        labels = task.spec().progressLabels();
        boolean isNews = catchUp(task);
        isFruitless = isAfterGap && !isNews;
        isAfterGap = false;
        if (isAsked) {
            isAsked = false;
            owner.found(id, task);
        } else if (isNews) {
            owner.changed(task);
        }
        handleWaiting();
    }

    private boolean catchUp(TaskDocument task) {
        if (trail == null) {
            trail = Trail.of(task);
            return true;
        }
        return trail.catchUp(task);
    }

    private void handleWaiting() {
        List<TaskEvent> steps = waiting.stream()
                .sorted(Comparator.comparingLong(TaskEvent::seq))
                .toList();
        waiting.clear();
        steps.forEach(this::happened);
    }

    private void failed(Throwable fault) {
        if (isClosed) {
            return;
        }
        if (isAsked) {
            isAsked = false;
            owner.notRead(id, fault);
        }
        if (!isClosed) {
            again.set(READ_AGAIN, this::read);
        }
    }

    /** Looked at again, because steps may not come. */
    void refreshed(TaskDocument task) {
        if (trail != null && !isReading && trail.catchUp(task)) {
            owner.changed(task);
        }
    }

    void happened(TaskEvent step) {
        if (isClosed) {
            return;
        }
        if (trail == null || isReading) {
            keep(step);
            return;
        }
        switch (trail.step(step)) {
            case NEXT -> {
                isFruitless = false;
                owner.happened(step);
            }
            case OLD -> {}
            case GAP -> {
                keep(step);
                readSoon();
            }
        }
    }

    /** At once; but if the last read brought nothing new, a moment later. */
    private void readSoon() {
        isAfterGap = true;
        if (isFruitless) {
            isReading = true;
            again.set(READ_AGAIN, this::read);
        } else {
            read();
        }
    }

    private void keep(TaskEvent step) {
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.add(step);
        labels = labelsOf(step);
    }

    void progressed(TaskProgress progress) {
        if (trail != null && !isReading && trail.progress(progress)) {
            owner.progressed(progress);
        }
    }

    /** Nothing more is told, whatever is still being read. */
    void close() {
        isClosed = true;
        again.cancel();
        waiting.clear();
    }
}
