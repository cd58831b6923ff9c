package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The port to the processes: they run elsewhere, and the core hears of them on its own thread. */
public interface Processes {

    /** Whether there is one of this name. */
    boolean isKnown(String process);

    /** Whether one that was given up has still not stopped. */
    boolean isStuck(String process);

    /**
     * Begins its work.
     *
     * @param ended hears once how it came to its end, unless it is given up before
     */
    Execution start(String process, Turn turn, Consumer<Ending> ended);

    /** A process at work. */
    interface Execution {

        /** What it has said of itself so far. */
        Figures figures();

        /** The cursor that it has saved last, else the one that it began with; null: none. */
        @Nullable
        String cursor();

        /** It should come to its end. */
        void stop();

        /** It has not come to its end in time: whatever it waits for ends. */
        void interrupt();

        /** Nobody waits for it any more, and it may do nothing more through its turn. */
        void abandon();
    }
}
