package io.drawdown.tasks.run;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.task.Lane;

/**
 * The port to the other instances. A hint only hastens what they find by themselves within a second; it may be lost. Returns at
 * once, and does not fail.
 */
public interface Hints {

    /** For a single instance. */
    Hints NONE = new Hints() {
        @Override
        public void waiting(String queue, Lane lane) {}

        @Override
        public void cancelAsked(String owner) {}

        @Override
        public void progressed(TaskProgress progress) {}
    };

    /** Tasks wait in that lane of the queue, and there is no room here. */
    void waiting(String queue, Lane lane);

    /** Someone wants a task of that worker to be cancelled. */
    void cancelAsked(String owner);

    /** A task that runs here is so far. For whoever watches it; the task itself says so a second later at most. */
    void progressed(TaskProgress progress);
}
