package io.drawdown.billing.item.engine;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Does many jobs at a time, but of each team one after the other, and lets the teams take turns. Belongs to the thread of its core.
 */
final class Lanes {

    private final int most;
    private final Map<String, Deque<Runnable>> lanes = new HashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private int active;
    private boolean isStarting;

    /** @param most jobs at a time */
    Lanes(int most) {
        this.most = most;
    }

    /** A job of a team. It does not fail. */
    record Job(String team, Supplier<Uni<Void>> work) {}

    /** Jobs that are under way. */
    int active() {
        return active;
    }

    /** Completes when all of these are done. */
    Uni<Void> all(List<Job> jobs) {
        if (jobs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            int[] left = {jobs.size()};
            jobs.forEach(job -> add(job, () -> {
                if (--left[0] == 0) {
                    emitter.complete(null);
                }
            }));
            start();
        });
    }

    private void add(Job job, Runnable done) {
        Deque<Runnable> lane = lanes.computeIfAbsent(job.team(), team -> {
            ready.add(team);
            return new ArrayDeque<>();
        });
        lane.add(() -> begin(job, done));
    }

    private void start() {
        if (isStarting) {
            return;
        }
        isStarting = true;
        while (active < most && !ready.isEmpty()) {
            active++;
            next(ready.remove()).run();
        }
        isStarting = false;
    }

    private Runnable next(String team) {
        return lane(team).remove();
    }

    private Deque<Runnable> lane(String team) {
        return Objects.requireNonNull(lanes.get(team));
    }

    private void begin(Job job, Runnable done) {
        job.work().get().subscribe().with(nothing -> ended(job, done), fault -> ended(job, done));
    }

    private void ended(Job job, Runnable done) {
        active--;
        if (lane(job.team()).isEmpty()) {
            lanes.remove(job.team());
        } else {
            ready.add(job.team());
        }
        done.run();
        start();
    }
}
