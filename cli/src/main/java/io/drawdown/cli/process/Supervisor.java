package io.drawdown.cli.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts the processes stage by stage, watches them, and ends them in reverse order. A process that ends by itself ends the
 * stack, or is started again if that is wanted, independently of the others. A process that ends five times in a row before
 * it is ready ends the stack in any case.
 */
public final class Supervisor {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** For a process that is replaced; nobody waits for the whole stack to end, and a task may end its work. */
    private static final Duration REPLACED = Duration.ofMinutes(1);

    private static final int MOST_FAILED_STARTS = 5;

    private final List<List<Child>> stages;
    private final Console console;
    private final Restarts restarts;
    private final ProcessFile leftovers;
    private final Map<Child, Integer> failedStarts = new HashMap<>();
    private final Map<Child, Integer> deaths = new HashMap<>();
    private final Map<Child, CompletableFuture<Void>> watches = new ConcurrentHashMap<>();
    private final Set<Child> replaced = ConcurrentHashMap.newKeySet();
    /** One at a time starts a process again, so that nobody ends what another one started. */
    private final Map<Child, Lock> startedAgain = new ConcurrentHashMap<>();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    public Supervisor(List<List<ChildSpec>> stages, Console console, Restarts restarts, ProcessFile leftovers) {
        this.stages = stages.stream()
                .map(stage -> stage.stream()
                        .map(spec -> new Child(spec, console.of(spec.name())))
                        .toList())
                .toList();
        this.console = console;
        this.restarts = restarts;
        this.leftovers = leftovers;
    }

    /**
     * What happens to a process that ended by itself.
     *
     * @param wanted whether it is started again
     * @param pause before it is started again after a start that failed; it doubles
     */
    public record Restarts(boolean wanted, Duration pause) {

        public static Restarts wanted(boolean wanted) {
            return new Restarts(wanted, Duration.ofSeconds(1));
        }
    }

    private sealed interface Event {
        record Ended(Child child, int exitCode) implements Event {}

        record NotStarted(Child child, String why) implements Event {}

        record Restarted(Child child) implements Event {}

        record Stopped() implements Event {}
    }

    /**
     * Starts all processes and returns when all are ready. On a failure it stops what it started and fails with the reason.
     */
    public void start() {
        try {
            for (List<Child> stage : stages) {
                stage.forEach(this::startChild);
                stage.forEach(this::awaitReady);
            }
        } catch (UserFacingException e) {
            boolean wanted = stopping;
            stop();
            throw wanted ? new UserFacingException("The stack was stopped while it was starting", e) : e;
        }
        stages.forEach(stage -> stage.forEach(this::watch));
    }

    /** Returns after {@link #stop}; fails with a one-line message when a process ended for good. */
    public void await() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = handle(events.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /** The process of that name. */
    public Child child(String name) {
        return stages.stream()
                .flatMap(List::stream)
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(name));
    }

    /**
     * Stops a running process gracefully and starts it again; returns when it serves. If it does not, this fails, and the
     * process is treated as one that could not be started again.
     */
    public void restart(String name) {
        Child child = child(name);
        Lock lock = lock(child);
        if (!lock.tryLock()) {
            throw new UserFacingException(name + " is being started already");
        }
        try {
            if (!child.isRunning()) {
                throw new UserFacingException(name + " is being started already");
            }
            end(child);
            startAgain(child);
        } finally {
            lock.unlock();
        }
    }

    /** Without an event. */
    private void end(Child child) {
        replaced.add(child);
        try {
            child.stop(REPLACED);
            CompletableFuture<Void> watch = watches.get(child);
            if (watch != null) {
                watch.join();
            }
        } finally {
            replaced.remove(child);
        }
    }

    private Lock lock(Child child) {
        return startedAgain.computeIfAbsent(child, first -> new ReentrantLock());
    }

    /** Ends every process, the last started first; returns when all are gone. Any thread may call it at any time. */
    public synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        for (List<Child> stage : stages.reversed()) {
            List<Thread> enders = new ArrayList<>();
            stage.forEach(child -> enders.add(Thread.ofPlatform().start(child::stop)));
            enders.forEach(Supervisor::join);
        }
        events.add(new Event.Stopped());
    }

    /** Whether there is more to wait for. */
    private boolean handle(Event event) {
        switch (event) {
            case Event.Stopped stopped -> {
                return false;
            }
            case Event.Ended ended -> onEnded(ended);
            case Event.NotStarted failed -> onNotStarted(failed);
            case Event.Restarted again -> failedStarts.remove(again.child());
        }
        return true;
    }

    private void onEnded(Event.Ended ended) {
        if (stopping) {
            return;
        }
        String what = ended.child().name() + " ended by itself (exit code " + ended.exitCode() + ")";
        if (!restarts.wanted()) {
            stop();
            throw new UserFacingException(what + "; the stack is stopped");
        }
        int times = deaths.merge(ended.child(), 1, Integer::sum);
        console.say(what + "; it is started again (restart " + times + ")");
        restart(ended.child());
    }

    private void onNotStarted(Event.NotStarted failed) {
        if (stopping) {
            return;
        }
        int times = failedStarts.merge(failed.child(), 1, Integer::sum);
        if (times >= MOST_FAILED_STARTS) {
            stop();
            throw new UserFacingException(failed.child().name() + " could not be started again, " + times
                    + " times in a row; the stack is stopped. At last: " + failed.why());
        }
        Duration pause = restarts.pause().multipliedBy(1L << (times - 1));
        console.say(failed.why() + "; it is started again in " + pause.toSeconds() + " s (failed start " + times
                + " of at most " + MOST_FAILED_STARTS + ")");
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> restart(failed.child()));
    }

    /** Runs on a thread of its own, so that a process that is slow to get ready delays no other. */
    private void restart(Child child) {
        Thread.ofVirtual().name(child.name() + "-restart").start(() -> {
            lock(child).lock();
            try {
                if (!child.isRunning()) { // else it was replaced meanwhile
                    startAgain(child);
                }
            } catch (UserFacingException told) {
                // by an event
            } finally {
                lock(child).unlock();
            }
        });
    }

    private void startAgain(Child child) {
        try {
            startChild(child);
            awaitReady(child);
            events.add(new Event.Restarted(child));
            watch(child);
        } catch (UserFacingException e) {
            child.kill();
            events.add(new Event.NotStarted(child, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private synchronized void startChild(Child child) {
        if (stopping) {
            throw new UserFacingException("The stack is being stopped");
        }
        child.start();
        leftovers.started(child.name(), child.process());
    }

    private void awaitReady(Child child) {
        child.awaitReady(PATIENCE);
        console.say(child.name() + " is ready");
    }

    private void watch(Child child) {
        watches.put(child, child.exit().thenAccept(code -> {
            if (!replaced.contains(child)) {
                events.add(new Event.Ended(child, code));
            }
        }));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
