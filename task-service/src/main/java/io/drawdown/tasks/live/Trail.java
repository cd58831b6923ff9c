package io.drawdown.tasks.live;

import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.tasks.task.RunHistory.Progress;
import io.drawdown.tasks.task.TaskDocument;

/**
 * How far someone has been told of one task. Steps are numbered without gaps, so a lower or equal number is old, and a number
 * that is left out is a gap: then only the stored task tells. Reports of progress are ordered by (fence, n); within a life the
 * percentage never falls, and nothing follows the end of that life.
 */
final class Trail {

    private long seq;
    private int life;
    private boolean isOver;
    private long fence;
    private long report;
    private int percent;

    /** What a step is to someone who was told so far. */
    enum Step {
        NEXT,
        OLD,
        GAP
    }

    private Trail() {}

    static Trail of(TaskDocument task) {
        Trail trail = new Trail();
        trail.set(task);
        return trail;
    }

    /** Begins with a step whatever was before. */
    static Trail of(TaskEvent step) {
        Trail trail = new Trail();
        trail.set(step);
        return trail;
    }

    /** What the step is; if it is the next one, it counts as told. */
    Step step(TaskEvent step) {
        if (step.seq() <= seq) {
            return Step.OLD;
        }
        if (step.seq() > seq + 1) {
            return Step.GAP;
        }
        set(step);
        return Step.NEXT;
    }

    /** Whether the report is news; then it counts as told. */
    boolean progress(TaskProgress latest) {
        boolean isLater = latest.fence() > fence || (latest.fence() == fence && latest.n() > report);
        if (isOver || latest.life() != life || !isLater || latest.percent() < percent) {
            return false;
        }
        fence = latest.fence();
        report = latest.n();
        percent = latest.percent();
        return true;
    }

    /** Whether the task as it was read is news; if it is not older than what was told, it counts as told. */
    boolean catchUp(TaskDocument task) {
        long readSeq = task.outbox().seq();
        boolean isNews = readSeq > seq || (readSeq == seq && percentOf(task) > percent);
        if (isNews) {
            set(task);
        }
        return isNews;
    }

    private void set(TaskEvent step) {
        if (step.life() != life) {
            percent = 0;
        }
        seq = step.seq();
        life = step.life();
        isOver = step.type().isTerminal();
    }

    private void set(TaskDocument task) {
        boolean isSameLife = task.counters().life() == life;
        seq = task.outbox().seq();
        life = task.counters().life();
        isOver = task.isOver();
        percent = isSameLife ? Math.max(percent, percentOf(task)) : percentOf(task);
        if (task.counters().fence() > fence) {
            fence = task.counters().fence();
            report = 0;
        }
    }

    private static int percentOf(TaskDocument task) {
        Progress stored = task.runHistory().progress();
        return stored == null ? 0 : stored.percent();
    }
}
