package io.drawdown.tasks.run;

import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port to the handlers of this instance. They run outside the core and never block it. */
public interface Handlers {

    /** Starts the handler of the task's type; there is one. Returns at once. */
    Running start(TaskDocument task, Listener listener);

    /** How many abandoned handlers of the type have not ended. */
    default int abandoned(String type) {
        return 0;
    }

    /** A handler at work. */
    interface Running {

        /** Tells the handler that it should stop. It may take its time, or not listen. */
        void cancel();

        /** Interrupts the handler. Nobody listens to it any more. */
        void abandon();
    }

    /** Hears of a handler, on the core's thread. */
    interface Listener {

        /** It is over. Called once, and last. */
        void ended(Outcome outcome);

        /** How far it is, and what it wants to be kept. */
        void reported(@Nullable Progress progress, List<LogLine> lines);

        /**
         * A step is done. Completes when its result is kept; fails if it is not, or the run is lost. Then the handler should
         * not go on.
         */
        Uni<Void> stepDone(String step, String result);
    }
}
