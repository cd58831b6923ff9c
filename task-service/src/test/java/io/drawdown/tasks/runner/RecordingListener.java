package io.drawdown.tasks.runner;

import io.drawdown.tasks.run.Handlers.Listener;
import io.drawdown.tasks.run.Outcome;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a handler said. */
final class RecordingListener implements Listener {

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final List<Integer> percents = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable fault;

    void failSteps(Throwable with) {
        fault = with;
    }

    Outcome outcome() {
        return outcome.orTimeout(10, TimeUnit.SECONDS).join();
    }

    boolean hasEnded() {
        return outcome.isDone();
    }

    List<Integer> percents() {
        return percents;
    }

    List<String> lines() {
        return lines;
    }

    List<String> steps() {
        return steps;
    }

    @Override
    public void ended(Outcome how) {
        outcome.complete(how);
    }

    @Override
    public void reported(@Nullable Progress progress, List<LogLine> more) {
        if (progress != null) {
            percents.add(progress.percent());
        }
        more.forEach(line -> lines.add(line.text()));
    }

    @Override
    public Uni<Void> stepDone(String step, String result) {
        Throwable with = fault;
        if (with != null) {
            return Uni.createFrom().failure(with);
        }
        steps.add(step + "=" + result);
        return Uni.createFrom().voidItem();
    }
}
