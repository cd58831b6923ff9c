package io.drawdown.simulator.world;

import io.drawdown.kit.faults.OutcomeUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A replica set with its wall clock. The primary applies a write at once, and the write is acknowledged, in order, when
 * a majority has it. A fail-over undoes the writes that no majority has.
 */
public final class Database {

    /** What all clocks show at the beginning. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long MILLI = 1_000_000;

    private final Timeline timeline;
    private final SplittableRandom random;
    private final Deque<Acknowledgement> unreplicated = new ArrayDeque<>();
    private Instant origin = START;
    private boolean stalled;

    public Database(Timeline timeline, SplittableRandom random) {
        this.timeline = timeline;
        this.random = random;
    }

    /** Its wall clock. */
    public Instant now() {
        return origin.plusMillis(timeline.nanos() / MILLI);
    }

    public void step(Duration step) {
        origin = origin.plus(step);
    }

    /** Stops replication; a little later the primary fails, and the writes that only it had are lost. */
    public void failOver() {
        if (!stalled) {
            stalled = true;
            timeline.after(MILLI + random.nextLong(400 * MILLI), this::fallOver);
        }
    }

    /** Replicates a write that the primary has just applied. */
    void replicate(Acknowledgement write) {
        unreplicated.add(write);
        if (!stalled) {
            timeline.after(MILLI / 2, () -> commitUpTo(write));
        }
    }

    /** Completes the answer once a majority has all {@code writes} of one request; at once if there are none. */
    public <T> Acknowledgement acknowledge(@Nullable T result, int writes, Link.Answer<T> answer) {
        if (writes == 0) {
            answer.complete(result);
        }
        return new Acknowledgement() {
            private int open = writes;

            @Override
            public void committed() {
                if (--open == 0) {
                    answer.complete(result);
                }
            }

            @Override
            public void undone() {
                answer.fail(new OutcomeUnknown("the primary fell over"));
            }
        };
    }

    /** Learns what became of a write that the primary applied. */
    public interface Acknowledgement {
        void committed();

        void undone();
    }

    private void commitUpTo(Acknowledgement write) {
        if (stalled || !unreplicated.contains(write)) {
            return;
        }
        Acknowledgement next;
        do {
            next = unreplicated.remove();
            next.committed();
        } while (next != write);
    }

    private void fallOver() {
        stalled = false;
        List<Acknowledgement> lost = new ArrayList<>(unreplicated);
        unreplicated.clear();
        for (Acknowledgement write : lost.reversed()) {
            write.undone();
        }
    }
}
