package io.drawdown.cli.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Starts the processes stage by stage, watches them, and ends them in the opposite order. One that ends by itself ends the
 * stack, or is started again if that is wanted; one that ends again before it was ready ends the stack in any case.
 */
public final class Supervisor {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final List<List<Child>> stages;
    private final Console console;
    private final boolean restart;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean stopping;

    public Supervisor(List<List<ChildSpec>> stages, Console console, boolean restart) {
        this.stages = stages.stream()
                .map(stage -> stage.stream()
                        .map(spec -> new Child(spec, console.of(spec.name())))
                        .toList())
                .toList();
        this.console = console;
        this.restart = restart;
    }

    private sealed interface Event {
        record Ended(Child child, int exitCode) implements Event {}

        record Stopped() implements Event {}
    }

    /** Starts everything and returns when all is ready; on a failure it stops what it started and says what is wrong. */
    public void start() {
        try {
            for (List<Child> stage : stages) {
                stage.forEach(this::startChild);
                stage.forEach(this::awaitReady);
            }
        } catch (StackException e) {
            boolean wanted = stopping;
            stop();
            throw wanted ? new StackException("The stack was stopped while it was starting", e) : e;
        }
        stages.forEach(stage -> stage.forEach(this::watch));
    }

    /** Returns when {@link #stop} was called; fails with one clear line when a process ended by itself. */
    public void await() {
        try {
            for (Event event = events.take(); event instanceof Event.Ended ended; event = events.take()) {
                onEnded(ended);
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

    /** Ends every process, the last started first; returns when all are gone. May be called at any time, by anyone. */
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

    private void onEnded(Event.Ended ended) {
        if (stopping) {
            return;
        }
        String what = ended.child().name() + " ended by itself (exit code " + ended.exitCode() + ")";
        if (!restart) {
            stop();
            throw new StackException(what + "; the stack is stopped");
        }
        console.say(what + "; it is started again");
        try {
            startChild(ended.child());
            awaitReady(ended.child());
        } catch (StackException e) {
            stop();
            throw e;
        }
        watch(ended.child());
    }

    private synchronized void startChild(Child child) {
        if (stopping) {
            throw new StackException("The stack is being stopped");
        }
        child.start();
    }

    private void awaitReady(Child child) {
        child.awaitReady(PATIENCE);
        console.say(child.name() + " is ready");
    }

    private void watch(Child child) {
        child.exit().thenAccept(code -> events.add(new Event.Ended(child, code)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
