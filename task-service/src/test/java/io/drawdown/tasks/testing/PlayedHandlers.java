package io.drawdown.tasks.testing;

import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.run.Outcome;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Handlers that do what a test tells them, when it tells them. */
public final class PlayedHandlers implements Handlers {

    /** Every run that was started, the latest last. */
    public final List<Played> started = new ArrayList<>();

    /** One run. */
    public static final class Played implements Running {
        public final TaskDocument task;
        public final Listener listener;
        public boolean cancelled;
        public boolean abandoned;
        private boolean ended;

        Played(TaskDocument task, Listener listener) {
            this.task = task;
            this.listener = listener;
        }

        public void completes(String result) {
            end(new Outcome.Completed(result));
        }

        public void fails(Reason reason, String message) {
            end(new Outcome.Failed(new TaskFailure(reason, "PlayedFailure", message), null));
        }

        /** The next attempt is to follow after that delay. */
        public void failsFor(Duration delay, String message) {
            end(new Outcome.Failed(new TaskFailure(Reason.TEMPORARY, "PlayedFailure", message), delay));
        }

        public void stops() {
            end(new Outcome.Stopped());
        }

        private void end(Outcome outcome) {
            ended = true;
            listener.ended(outcome);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void abandon() {
            abandoned = true;
        }
    }

    @Override
    public int abandoned(String type) {
        return (int) started.stream()
                .filter(run -> run.abandoned && !run.ended)
                .filter(run -> run.task.spec().type().equals(type))
                .count();
    }

    /** The latest run. */
    public Played last() {
        return started.getLast();
    }

    /** The ids of the tasks that were started, in order. */
    public List<String> ids() {
        return started.stream().map(run -> run.task.id()).toList();
    }

    @Override
    public Running start(TaskDocument task, Listener listener) {
        Played run = new Played(task, listener);
        started.add(run);
        return run;
    }
}
