package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for the next step of one task, for a client that asks again and again. Called on the live thread. */
public final class TaskWaits {

    private final LiveTasks tasks;

    public TaskWaits(LiveTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * What to wait for.
     *
     * @param account whose tasks alone the client may see; null: all
     * @param seen the number of the last step that the client knows of; null: whatever has happened by now
     * @param patience after which the task is answered as it is
     */
    public record Wanted(
            String taskId,
            @Nullable String account,
            @Nullable Long seen,
            Duration patience) {}

    /**
     * The task once it has made a step that the client does not know; at once if it is over. Empty: there is none that the
     * client may see. Fails as {@link LiveReads#task} does. If it is cancelled, nothing waits any more.
     */
    public Uni<Optional<TaskDocument>> next(Wanted wanted) {
        return Uni.createFrom().emitter(emitter -> new Wait(wanted, emitter).begin());
    }

    private final class Wait implements LiveListener {

        private final Wanted wanted;
        private final UniEmitter<? super Optional<TaskDocument>> emitter;
        private final ResettableTimer timer = new ResettableTimer(tasks.scheduler());
        private final LiveView view;
        private @Nullable Long known;
        private boolean isLast;

        Wait(Wanted wanted, UniEmitter<? super Optional<TaskDocument>> emitter) {
            this.wanted = wanted;
            this.emitter = emitter;
            this.known = wanted.seen();
            this.view = tasks.open(wanted.account(), this);
        }

        void begin() {
            emitter.onTermination(() -> tasks.scheduler().execute(this::end));
            timer.set(wanted.patience(), this::answerAsItIs);
            read();
        }

        private void end() {
            timer.cancel();
            view.close();
        }

        private void read() {
            view.watch(new OfTask(wanted.taskId()));
        }

        private void answerAsItIs() {
            isLast = true;
            read();
        }

        private void answer(Optional<TaskDocument> task) {
            end();
            emitter.complete(task);
        }

        @Override
        public void found(Interest interest, List<TaskDocument> found) {
            TaskDocument task = found.getFirst();
            long seq = task.outbox().seq();
            if (known == null) {
                known = seq;
            }
            if (isLast || task.isOver() || seq > known) {
                answer(Optional.of(task));
            }
        }

        @Override
        public void missing(String taskId) {
            answer(Optional.empty());
        }

        @Override
        public void failed(Interest interest, Throwable fault) {
            end();
            emitter.fail(fault);
        }

        @Override
        public void changed(TaskDocument task) {
            read();
        }

        /** The step alone does not tell all of the task. */
        @Override
        public void happened(TaskEvent step) {
            read();
        }

        @Override
        public void progressed(TaskProgress progress) {}

        @Override
        public void stale(boolean isStale) {}

        @Override
        public void stopping() {
            answerAsItIs();
        }
    }
}
