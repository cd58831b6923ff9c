package io.drawdown.billing.run.threads;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.RunFence;
import io.drawdown.billing.batch.RunLost;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.engine.Turn;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a process on a thread of its own sees of its turn. */
final class ThreadContext implements BatchContext {

    private static final int LONGEST_NOTE = 200;

    private final Turn turn;
    private final Time time;
    private final Scheduler core;
    private final Instant asOf;
    private final boolean isDry;
    private final long deadlineNanos;
    private final Map<String, Long> counts = new TreeMap<>();
    private @Nullable String note;
    private @Nullable String cursor;
    private volatile boolean isStopped;
    private volatile boolean isClosed;

    ThreadContext(Turn turn, Time time, Scheduler core) {
        this.turn = turn;
        this.time = time;
        this.core = core;
        this.asOf = turn.asOf();
        this.isDry = turn.isDry();
        this.deadlineNanos = turn.deadlineNanos();
        this.cursor = turn.cursor();
        this.counts.putAll(turn.former().counts());
        this.note = turn.former().note();
    }

    /** From now on it may not go on. */
    void stop() {
        isStopped = true;
    }

    /** From now on nothing that it does counts. */
    void close() {
        isStopped = true;
        isClosed = true;
    }

    synchronized Figures figures() {
        return new Figures(Map.copyOf(counts), note);
    }

    synchronized @Nullable String latestCursor() {
        return cursor;
    }

    private static String checked(String cursor) {
        if (cursor.isEmpty() || cursor.length() > LONGEST_CURSOR) {
            throw new IllegalArgumentException("a cursor has 1 to " + LONGEST_CURSOR + " characters");
        }
        return cursor;
    }

    @Override
    public Instant asOf() {
        return asOf;
    }

    @Override
    public boolean isDryRun() {
        return isDry;
    }

    @Override
    public Duration remaining() {
        long left = deadlineNanos - time.nanos();
        return isStopped || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    @Override
    public boolean mayGoOn() {
        return !remaining().isZero();
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(latestCursor());
    }

    @Override
    public void save(String reached) {
        String next = checked(reached);
        require(await(() -> turn.save(next)));
        synchronized (this) {
            cursor = next;
        }
    }

    @Override
    public synchronized void count(String name, long more) {
        if (!name.matches(BatchProcess.NAME_FORM)) {
            throw new IllegalArgumentException("nothing can be counted as \"" + name + "\"");
        }
        if (counts.size() >= MOST_COUNTS && !counts.containsKey(name)) {
            throw new IllegalArgumentException("a process counts under " + MOST_COUNTS + " names at most");
        }
        counts.merge(name, more, Math::addExact);
    }

    @Override
    public synchronized void progress(String words) {
        note = words.length() <= LONGEST_NOTE ? words : words.substring(0, LONGEST_NOTE - 1) + "…";
    }

    @Override
    public <T> Optional<T> effect(Supplier<T> effect) {
        if (isDry) {
            return Optional.empty();
        }
        require(await(turn::holds));
        return Optional.ofNullable(effect.get());
    }

    @Override
    public RunFence fence() {
        return new RunFence() {
            @Override
            public long number() {
                return turn.fence();
            }

            @Override
            public boolean mayWrite() {
                return !isDry && !isClosed && turn.mayWrite();
            }
        };
    }

    private void require(boolean holds) {
        if (!holds || isClosed) {
            close();
            throw new RunLost("another instance has the run, or it was given up");
        }
    }

    /** Asks the core, on its thread, and waits for the answer on this one. */
    private <T> T await(Supplier<Uni<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        core.execute(() -> Uni.createFrom()
                .deferred(question::get)
                .subscribe()
                .with(answer::complete, answer::completeExceptionally));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunLost("interrupted: it did not stop in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
