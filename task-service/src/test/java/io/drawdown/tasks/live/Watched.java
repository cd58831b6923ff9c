package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.tasks.store.TaskPages.Query;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.Waits;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tasks in a store, and a client that watches them and writes down what it is told. A read takes ten milliseconds. */
final class Watched implements LiveReads, LiveListener {

    static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    static final String ID = "tsk_0123456789abcdef0123456789";
    private static final Duration READ = Duration.ofMillis(10);

    final ManualTime time = new ManualTime();
    final LiveTasks tasks = new LiveTasks(this, time);
    final List<String> told = new ArrayList<>();
    int waiting;
    boolean isAway;
    int reads;
    int mostAtOnce;
    private final Map<String, TaskDocument> stored = new LinkedHashMap<>();

    static TaskDocument queued(String id) {
        Spec.Labels labels = new Spec.Labels("ada", List.of("nightly"), null, null, null);
        Spec.Sender sender = new Spec.Sender("shop", AT, null, null);
        return Waits.queued(id, new Spec("echo", "{}", Lane.NORMAL, "acme", sender, labels, null), null, null);
    }

    static TaskDocument started(String id) {
        return Runs.claim(queued(id), "worker-1", AT);
    }

    static TaskDocument completed(String id) {
        return Runs.complete(started(id), "{}", Policy.DEFAULT, AT);
    }

    static TaskEvent step(String id, long seq, TaskEvent.Type type) {
        return new TaskEvent(
                type, id, seq, "echo", "acme", "ada", List.of("nightly"), 1, seq > 1 ? 1 : 0, AT, null, null, null);
    }

    static TaskProgress progress(long fence, long n, int percent) {
        TaskProgress.Labels labels = new TaskProgress.Labels("echo", "acme", "ada", List.of("nightly"));
        return new TaskProgress(ID, labels, 1, fence, n, percent, null, AT);
    }

    void store(TaskDocument task) {
        stored.put(task.id(), task);
    }

    void store(TaskDocument task, int percent) {
        store(Runs.report(task, new Progress(percent, null), List.of()));
    }

    void remove(String id) {
        stored.remove(id);
    }

    LiveView open(@Nullable String account) {
        return tasks.open(account, this);
    }

    void happens(long seq, TaskEvent.Type type) {
        tasks.happened(step(ID, seq, type));
    }

    void progresses(long fence, long n, int percent) {
        tasks.progressed(progress(fence, n, percent));
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** A read that is answered as the store is when it ends. */
    private <T> Uni<T> read(Supplier<T> answer) {
        reads++;
        return time.answer(READ, () -> {
            if (isAway) {
                throw new Unavailable("the database is away");
            }
            return answer.get();
        });
    }

    @Override
    public Uni<Optional<TaskDocument>> task(String id) {
        return read(() -> Optional.ofNullable(stored.get(id)));
    }

    @Override
    public Uni<List<TaskDocument>> tasks(Collection<String> ids) {
        mostAtOnce = Math.max(mostAtOnce, ids.size());
        return read(
                () -> ids.stream().map(stored::get).filter(task -> task != null).toList());
    }

    @Override
    public Uni<List<TaskDocument>> page(Query query) {
        @Nullable String account = query.filter().account();
        return read(() -> stored.values().stream()
                .filter(task -> account == null || account.equals(task.spec().accountId()))
                .filter(task -> query.filter().type() == null
                        || task.spec().type().equals(query.filter().type()))
                .filter(task -> query.filter().tag() == null
                        || task.spec().tags().contains(query.filter().tag()))
                .toList());
    }

    private static String words(TaskDocument task) {
        return (task.id().equals(ID) ? "" : task.id() + " ")
                + task.state().name().word();
    }

    @Override
    public void found(Interest interest, List<TaskDocument> tasks) {
        told.add("found " + tasks.stream().map(Watched::words).toList());
    }

    @Override
    public void missing(String taskId) {
        told.add("missing");
    }

    @Override
    public void failed(Interest interest, Throwable fault) {
        told.add("failed");
    }

    @Override
    public void changed(TaskDocument task) {
        told.add("changed " + words(task));
    }

    @Override
    public void happened(TaskEvent step) {
        told.add(step.type().name().toLowerCase(Locale.ROOT) + " " + step.seq());
    }

    @Override
    public void progressed(TaskProgress progress) {
        told.add(progress.percent() + " %");
    }

    @Override
    public void stale(boolean isStale) {
        told.add(isStale ? "stale" : "fresh");
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public void stopping() {
        told.add("stopping");
    }
}
