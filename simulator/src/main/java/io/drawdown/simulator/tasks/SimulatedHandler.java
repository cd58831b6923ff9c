package io.drawdown.simulator.tasks;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.simulator.tasks.HandlerPlan.Kind;
import io.drawdown.simulator.world.Process;
import io.drawdown.simulator.world.SimulationContext;
import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.run.Outcome;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** One handler at work: does what its plan says, on the timers of its process. */
final class SimulatedHandler implements Handlers.Running {

    private static final Duration TO_STOP = Duration.ofMillis(40);
    private static final int STEPS = 3;

    private final SimulatedHandlers all;
    private final SimulationContext context;
    private final Process process;
    private final TaskDocument task;
    private final Handlers.Listener listener;
    private final HandlerPlan plan;
    private final ResettableTimer timer;
    private final long startedNanos;
    private boolean isOver;
    private boolean isTold;

    SimulatedHandler(
            SimulatedHandlers all,
            SimulationContext context,
            Process process,
            TaskDocument task,
            Handlers.Listener listener) {
        this.all = all;
        this.context = context;
        this.process = process;
        this.task = task;
        this.listener = listener;
        this.plan = HandlerPlan.of(task);
        this.timer = new ResettableTimer(process);
        this.startedNanos = context.timeline.nanos();
    }

    HandlerPlan plan() {
        return plan;
    }

    TaskDocument task() {
        return task;
    }

    Process process() {
        return process;
    }

    /** Whether it is at work and would stop within its time; a process that was frozen finds out late. */
    boolean isTrustworthy() {
        return !isOver
                && process.isAlive()
                && plan.kind() != Kind.IGNORE
                && process.stalls(startedNanos, context.timeline.nanos()) == 0;
    }

    void begin() {
        process.whenDead(() -> all.over(this));
        Duration takes = Duration.ofMillis(plan.millis());
        switch (plan.kind()) {
            case COMPLETE, IGNORE -> timer.set(takes, () -> end(completed()));
            case FAIL -> timer.set(takes, this::failOrComplete);
            case FAIL_FOR_EVER -> timer.set(takes, () -> end(new Outcome.Failed(failure(Reason.PERMANENT), null)));
            case STEPS -> timer.set(takes, this::nextStep);
            case PARALLEL -> timer.set(takes, this::stepsAtOnce);
            case REPORT -> timer.set(takes, () -> report(1));
            case KILL -> timer.set(takes, process::kill);
        }
    }

    private void failOrComplete() {
        boolean fails = task.counters().retries() < plan.times();
        end(fails ? new Outcome.Failed(failure(Reason.TEMPORARY), null) : completed());
    }

    private Outcome completed() {
        return new Outcome.Completed(resultOf(task));
    }

    /** The result that the run of the task's fence gives. */
    static String resultOf(TaskDocument task) {
        return Long.toString(task.counters().fence());
    }

    private static TaskFailure failure(Reason reason) {
        return new TaskFailure(reason, "SimulatedFailure", "as planned");
    }

    private void report(int part) {
        listener.reported(
                new Progress(part * 25, null),
                List.of(new LogLine(
                        task.spec().sender().createdAt(), task.counters().runs(), "part " + part)));
        timer.set(Duration.ofMillis(plan.millis()), part == 3 ? () -> end(completed()) : () -> report(part + 1));
    }

    private void nextStep() {
        nextStep(0);
    }

    private void nextStep(int step) {
        if (isOver) {
            return;
        }
        if (step == STEPS) {
            end(completed());
        } else if (isKnown(step)) {
            context.counts.count("handler step known");
            nextStep(step + 1);
        } else {
            doStep(step);
        }
    }

    private boolean isKnown(int step) {
        return task.runHistory().doneSteps().containsKey("step-" + step);
    }

    private void doStep(int step) {
        keep(step)
                .subscribe()
                .with(kept -> timer.set(Duration.ofMillis(plan.millis()), () -> nextStep(step + 1)), this::notKept);
    }

    private void stepsAtOnce() {
        List<Uni<Void>> steps = IntStream.range(0, STEPS)
                .filter(step -> !isKnown(step))
                .mapToObj(this::keep)
                .toList();
        if (steps.isEmpty()) {
            failOrComplete();
        } else {
            Uni.join().all(steps).andFailFast().subscribe().with(kept -> failOrComplete(), this::notKept);
        }
    }

    private Uni<Void> keep(int step) {
        String name = "step-" + step;
        return listener.stepDone(name, "\"" + task.counters().fence() + "\"").invoke(() -> {
            context.counts.count("handler step kept");
            all.kept(task, name);
        });
    }

    private void notKept(Throwable fault) {
        end(new Outcome.Failed(failure(Reason.TEMPORARY), null));
    }

    private void end(Outcome outcome) {
        if (!isOver) {
            isOver = true;
            timer.cancel();
            all.over(this);
            listener.ended(outcome);
        }
    }

    @Override
    public void cancel() {
        if (!isTold && !isOver && plan.kind() != Kind.IGNORE) {
            isTold = true;
            timer.set(TO_STOP, () -> end(new Outcome.Stopped()));
        }
    }

    /** It may do its work to its end, and nobody listens. */
    @Override
    public void abandon() {
        context.counts.count("handler abandoned");
        isOver = true;
        timer.cancel();
        all.over(this);
    }
}
