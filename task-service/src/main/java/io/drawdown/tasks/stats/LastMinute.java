package io.drawdown.tasks.stats;

import io.drawdown.kit.time.Time;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.StateChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The runs that began and ended here in the last minute, by type. Belongs to the thread of the core. */
final class LastMinute {

    private static final int SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final Time time;
    private final Map<String, Ring> types = new HashMap<>();

    LastMinute(Time time) {
        this.time = time;
    }

    /** What was counted in each of the latest seconds. */
    private static final class Ring {
        private final long[] started = new long[SECONDS];
        private final long[] completed = new long[SECONDS];
        private final long[] failed = new long[SECONDS];
        private long latest = Long.MIN_VALUE;

        void moveTo(long second) {
            long first = Math.max(latest + 1, second - SECONDS + 1);
            for (long each = first; each <= second; each++) {
                int index = index(each);
                started[index] = 0;
                completed[index] = 0;
                failed[index] = 0;
            }
            latest = Math.max(latest, second);
        }

        void count(long[] what) {
            what[index(latest)]++;
        }

        private static int index(long second) {
            return Math.floorMod(second, SECONDS);
        }

        private static long sum(long[] counts) {
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }
    }

    void count(StateChange change) {
        StateChange.@Nullable RunEnd end = change.run();
        if (!change.isStart() && end == null) {
            return;
        }
        Standing task = Objects.requireNonNull(change.entered(), "a run begins and ends in a task that is there");
        Ring ring = types.computeIfAbsent(task.type(), type -> new Ring());
        ring.moveTo(second());
        if (change.isStart()) {
            ring.count(ring.started);
        }
        switch (end) {
            case COMPLETED -> ring.count(ring.completed);
            case FAILED -> ring.count(ring.failed);
            case STOPPED -> {}
            case null -> {}
        }
    }

    /** The types with runs in the last minute. */
    List<TypeMinute> all() {
        long second = second();
        List<TypeMinute> all = new ArrayList<>();
        types.forEach((type, ring) -> {
            ring.moveTo(second);
            all.add(new TypeMinute(type, Ring.sum(ring.started), Ring.sum(ring.completed), Ring.sum(ring.failed)));
        });
        all.removeIf(each -> each.started() + each.completed() + each.failed() == 0);
        all.sort(Comparator.comparing(TypeMinute::type));
        return List.copyOf(all);
    }

    private long second() {
        return Math.floorDiv(time.nanos(), NANOS);
    }
}
