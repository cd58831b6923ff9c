package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.task.TaskDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one client sees of the tasks. An interest is registered, then its tasks are read, then told; each step of a task is told
 * once, in order, whichever interests it belongs to. Belongs to the live thread.
 */
public final class LiveView {

    /** How many of the tasks of a tag or type are told of at first. */
    public static final int PAGE = 50;

    /** Tasks of tags and types whose place is known; those that were heard of the longest ago are forgotten. */
    static final int MOST_TASKS = 1_000;

    private final LiveTasks tasks;
    private final @Nullable String account;
    private final LiveListener listener;
    private final ProgressPace pace;
    private final Set<Interest> interests = new LinkedHashSet<>();
    private final Map<String, TaskWatch> single = new LinkedHashMap<>();
    private final Map<String, TaskWatch> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Interest> reading = new HashSet<>();
    private final Deque<TaskEvent> early = new ArrayDeque<>();
    private boolean isClosed;

    /** @param account whose tasks alone the client may see; null: all */
    LiveView(LiveTasks tasks, @Nullable String account, LiveListener listener) {
        this.tasks = tasks;
        this.account = account;
        this.listener = listener;
        this.pace = new ProgressPace(tasks.scheduler(), listener::progressed);
    }

    /** How many interests it has. */
    public int size() {
        return interests.size();
    }

    public boolean has(Interest interest) {
        return interests.contains(interest);
    }

    /** Tells of the tasks of the interest as they are, and from then on of their steps. May be repeated. */
    public void watch(Interest interest) {
        if (isClosed) {
            return;
        }
        interests.add(interest);
        tasks.register(interest, this);
        if (interest instanceof OfTask(String id)) {
            pin(id).ask();
        } else {
            readPage(interest);
        }
    }

    private TaskWatch pin(String id) {
        TaskWatch known = recent.remove(id);
        if (known != null) {
            single.put(id, known);
        }
        return single.computeIfAbsent(id, this::newWatch);
    }

    private TaskWatch newWatch(String id) {
        return new TaskWatch(id, tasks.reads(), tasks.scheduler(), new Told());
    }

    private void readPage(Interest interest) {
        reading.add(interest);
        tasks.reads()
                .page(tasks.query(interest, account))
                .subscribe()
                .with(page -> found(interest, page), fault -> failed(interest, fault));
    }

    private void found(Interest interest, List<TaskDocument> page) {
        if (isClosed || !interests.contains(interest)) {
            return;
        }
        page.forEach(this::place);
        listener.found(interest, page);
        read(interest);
    }

    private void place(TaskDocument task) {
        TaskWatch known = known(task.id());
        if (known == null) {
            remember(newWatch(task.id())).begin(task);
        } else {
            known.refreshed(task);
        }
    }

    private void read(Interest interest) {
        reading.remove(interest);
        if (reading.isEmpty()) {
            List<TaskEvent> steps = new ArrayList<>(early);
            early.clear();
            steps.stream()
                    .filter(step -> isWanted(step.taskId(), step.taskType(), step.tags()))
                    .forEach(this::happened);
        }
    }

    private void failed(Interest interest, Throwable fault) {
        if (!isClosed && reading.contains(interest)) {
            ignore(interest);
            listener.failed(interest, fault);
        }
    }

    /** Tells of the tasks of the interest no more, unless they belong to another one. */
    public void ignore(Interest interest) {
        if (!interests.remove(interest)) {
            return;
        }
        tasks.unregister(interest, this);
        if (interest instanceof OfTask(String id)) {
            unpin(id);
        } else {
            List.copyOf(recent.values()).stream()
                    .filter(watch -> !isWanted(watch))
                    .forEach(this::forget);
            read(interest);
        }
    }

    /** A task that belongs to another interest keeps its place: its steps go on. */
    private void unpin(String id) {
        TaskWatch known = single.remove(id);
        if (known == null) {
            return;
        }
        if (isWanted(known)) {
            known.askNoMore();
            remember(known);
        } else {
            forget(known);
        }
    }

    private boolean isWanted(TaskWatch watch) {
        TaskProgress.Labels labels = watch.labels();
        return labels != null && isWanted(watch.id(), labels.taskType(), labels.tags());
    }

    private boolean isWanted(String id, String type, @Nullable List<String> tags) {
        return Interest.of(id, type, tags).anyMatch(interests::contains);
    }

    private void forget(TaskWatch watch) {
        recent.remove(watch.id());
        watch.close();
        pace.drop(watch.id());
    }

    /** Nothing more is told. */
    public void close() {
        isClosed = true;
        List.copyOf(interests).forEach(interest -> tasks.unregister(interest, this));
        single.values().forEach(TaskWatch::close);
        recent.values().forEach(TaskWatch::close);
        pace.dropAll();
        tasks.closed(this);
    }

    private @Nullable TaskWatch known(String id) {
        TaskWatch one = single.get(id);
        return one == null ? recent.get(id) : one;
    }

    private TaskWatch remember(TaskWatch watch) {
        if (recent.size() == MOST_TASKS) {
            forget(recent.values().iterator().next());
        }
        recent.put(watch.id(), watch);
        return watch;
    }

    void happened(TaskEvent step) {
        if (isClosed || !maySee(step.accountId())) {
            return;
        }
        TaskWatch known = known(step.taskId());
        if (known != null) {
            known.happened(step);
        } else if (reading.isEmpty()) {
            remember(newWatch(step.taskId())).begin(step);
        } else {
            keep(step);
        }
    }

    /** A step of a task that may be on the page that is being read. */
    private void keep(TaskEvent step) {
        if (early.size() == MOST_TASKS) {
            early.remove();
        }
        early.add(step);
    }

    void progressed(TaskProgress progress) {
        TaskWatch known = known(progress.taskId());
        if (!isClosed && known != null && maySee(progress.labels().accountId())) {
            known.progressed(progress);
        }
    }

    private boolean maySee(@Nullable String accountId) {
        return account == null || account.equals(accountId);
    }

    /** The single tasks that are to be looked at while steps may not come. */
    Set<String> singleIds() {
        return single.keySet();
    }

    void refreshed(TaskDocument task) {
        TaskWatch known = single.get(task.id());
        if (known != null) {
            known.refreshed(task);
        }
    }

    LiveListener listener() {
        return listener;
    }

    /** What its tasks tell. */
    private final class Told implements TaskWatch.Owner {

        @Override
        public boolean maySee(TaskDocument task) {
            return LiveView.this.maySee(task.spec().accountId());
        }

        @Override
        public void found(String id, TaskDocument task) {
            listener.found(new OfTask(id), List.of(task));
        }

        @Override
        public void notRead(String id, Throwable fault) {
            ignore(new OfTask(id));
            listener.failed(new OfTask(id), fault);
        }

        @Override
        public void missing(String id) {
            TaskWatch gone = recent.remove(id);
            if (gone != null) {
                gone.close();
            }
            if (has(new OfTask(id))) {
                ignore(new OfTask(id));
                listener.missing(id);
            }
        }

        @Override
        public void changed(TaskDocument task) {
            pace.drop(task.id());
            listener.changed(task);
        }

        @Override
        public void happened(TaskEvent step) {
            pace.drop(step.taskId());
            listener.happened(step);
        }

        @Override
        public void progressed(TaskProgress progress) {
            pace.tell(progress);
        }
    }
}
