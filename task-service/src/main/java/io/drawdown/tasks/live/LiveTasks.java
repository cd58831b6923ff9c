package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.live.Interest.OfTag;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.Interest.OfType;
import io.drawdown.tasks.store.TaskPages.Filter;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.store.TaskPages.Range;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All clients of this instance that watch tasks. Every instance hears of every step, so it does not matter which one runs a
 * task. While the broker is away the tasks that are watched one by one are read every two seconds. Single-threaded: every call,
 * and every completion of a port, comes on the live thread.
 */
public final class LiveTasks {

    static final Duration LOOK = Duration.ofSeconds(2);

    /** Tasks of one read: with their payloads and results they may be large. */
    static final int READ_AT_ONCE = 64;

    /** A client with so much on its way to it has room for one more batch of steps. */
    static final int FEW = 250;

    static final int LOOKS = 200;
    static final Duration NEXT_LOOK = Duration.ofMillis(5);

    private final LiveReads reads;
    private final Scheduler scheduler;
    private final PeriodicTask looks;
    private final Map<Interest, Set<LiveView>> interested = new HashMap<>();
    private final Set<LiveView> views = new LinkedHashSet<>();
    private final Set<LiveView> slow = new HashSet<>();
    private boolean isStale;
    private boolean isStopping;
    private volatile boolean isWatched;

    public LiveTasks(LiveReads reads, Scheduler scheduler) {
        this.reads = reads;
        this.scheduler = scheduler;
        this.looks = PeriodicTask.of("watched tasks", scheduler, LOOK, this::look);
    }

    /** @param account whose tasks alone the client may see; null: all */
    public LiveView open(@Nullable String account, LiveListener listener) {
        LiveView view = new LiveView(this, account, listener);
        views.add(view);
        isWatched = true;
        if (isStale) {
            view.listener().stale(true);
        }
        if (isStopping) {
            scheduler.execute(view.listener()::stopping);
        }
        return view;
    }

    void closed(LiveView view) {
        views.remove(view);
        slow.remove(view);
        isWatched = !views.isEmpty();
    }

    void register(Interest interest, LiveView view) {
        interested.computeIfAbsent(interest, absent -> new LinkedHashSet<>()).add(view);
    }

    void unregister(Interest interest, LiveView view) {
        interested.computeIfPresent(interest, (same, left) -> {
            left.remove(view);
            return left.isEmpty() ? null : left;
        });
    }

    /** Whether anyone watches anything; may be asked on any thread. */
    public boolean isWatched() {
        return isWatched;
    }

    /** How many clients watch. */
    public int clients() {
        return views.size();
    }

    LiveReads reads() {
        return reads;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** The first page of a tag or a type. */
    Query query(Interest interest, @Nullable String account) {
        String type = interest instanceof OfType(String name) ? name : null;
        String tag = interest instanceof OfTag(String name) ? name : null;
        Filter filter = new Filter(account, type, tag, null, null, null);
        return new Query(filter, new Range(null, null), null, LiveView.PAGE);
    }

    /** A step of a task, as often as it is heard of, in any order. */
    public void happened(TaskEvent step) {
        to(step.taskId(), step.taskType(), step.tags()).forEach(view -> view.happened(step));
    }

    public void progressed(TaskProgress progress) {
        to(progress.taskId(), progress.labels().taskType(), progress.labels().tags())
                .forEach(view -> view.progressed(progress));
    }

    private Collection<LiveView> to(String id, String type, @Nullable List<String> tags) {
        return Interest.of(id, type, tags)
                .flatMap(interest -> interested.getOrDefault(interest, Set.of()).stream())
                .distinct()
                .toList();
    }

    /** The broker went away, or is back; what it kept meanwhile follows. */
    public void brokerIsThere(boolean isThere) {
        if (isStale == !isThere) {
            return;
        }
        isStale = !isThere;
        List.copyOf(views).forEach(view -> view.listener().stale(isStale));
        if (isStale) {
            looks.startNow();
        } else {
            looks.stop();
        }
    }

    private Uni<Void> look() {
        Set<String> ids = new LinkedHashSet<>();
        views.forEach(view -> ids.addAll(view.singleIds()));
        List<String> all = List.copyOf(ids);
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += READ_AT_ONCE) {
            pages.add(all.subList(from, Math.min(all.size(), from + READ_AT_ONCE)));
        }
        return Multi.createFrom()
                .iterable(pages)
                .onItem()
                .transformToUniAndConcatenate(reads::tasks)
                .invoke(found -> found.forEach(this::refreshed))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private void refreshed(TaskDocument task) {
        List.copyOf(interested.getOrDefault(new OfTask(task.id()), Set.of())).forEach(view -> view.refreshed(task));
    }

    /**
     * Completes when all clients have taken most of what they were told, so that a burst of steps closes no client that takes them
     * as fast as it can. A client is waited for {@link #LOOKS} looks; after that it is waited for no more until it has taken everything.
     */
    public Uni<Void> taken() {
        return Uni.createFrom().emitter(taken -> lookWhetherTaken(LOOKS, taken));
    }

    private void lookWhetherTaken(int looks, UniEmitter<? super Void> taken) {
        slow.removeIf(view -> view.listener().waiting() == 0);
        List<LiveView> behind = views.stream()
                .filter(view -> view.listener().waiting() > FEW && !slow.contains(view))
                .toList();
        if (behind.isEmpty() || looks == 0) {
            slow.addAll(behind);
            taken.complete(null);
        } else {
            scheduler.after(NEXT_LOOK, () -> lookWhetherTaken(looks - 1, taken));
        }
    }

    /** Tells everyone that this instance stops. */
    public void stop() {
        isStopping = true;
        looks.stop();
        List.copyOf(views).forEach(view -> view.listener().stopping());
    }
}
