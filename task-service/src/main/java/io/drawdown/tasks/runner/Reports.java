package io.drawdown.tasks.runner;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.run.Handlers.Listener;
import io.drawdown.tasks.task.RunHistory;
import io.drawdown.tasks.task.RunHistory.LogLine;
import io.drawdown.tasks.task.RunHistory.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a handler reports, on its way to the core. A handler may report as often as it likes: the core hears of it at once and
 * then ten times a second at most, and of the latest lines only.
 */
final class Reports {

    private static final Duration PACE = Duration.ofMillis(100);

    private final Scheduler core;
    private final Listener listener;
    private final Deque<LogLine> lines = new ArrayDeque<>();
    private @Nullable Progress progress;
    private boolean isExpected;

    Reports(Scheduler core, Listener listener) {
        this.core = core;
        this.listener = listener;
    }

    /** The greatest percentage counts. */
    synchronized void progressed(Progress further) {
        if (progress == null || further.percent() >= progress.percent()) {
            progress = further;
        }
        expect();
    }

    synchronized void logged(LogLine line) {
        if (lines.size() == RunHistory.MOST_LOG_LINES) {
            lines.remove();
        }
        lines.add(line);
        expect();
    }

    private void expect() {
        if (!isExpected) {
            isExpected = true;
            core.execute(this::deliver);
        }
    }

    /** On the core's thread. */
    private void deliver() {
        if (deliverPending()) {
            core.after(PACE, this::deliver);
        }
    }

    /** Delivers what there is, on the core's thread, and says whether there was anything. */
    boolean deliverPending() {
        Progress further;
        List<LogLine> more;
        synchronized (this) {
            further = progress;
            more = List.copyOf(lines);
            progress = null;
            lines.clear();
            isExpected = further != null || !more.isEmpty();
            if (!isExpected) {
                return false;
            }
        }
        listener.reported(further, more);
        return true;
    }
}
