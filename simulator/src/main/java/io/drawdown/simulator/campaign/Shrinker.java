package io.drawdown.simulator.campaign;

import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.history.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shortens a script that breaks an invariant: it leaves out halves of the steps, then quarters, down to single steps, then
 * shortens the pauses, as long as the script still breaks the invariant (delta debugging, Zeller 1999). The bound is a
 * number of runs, not a time, so that the same script always shrinks to the same one.
 */
public final class Shrinker {

    private final Predicate<Script> breaks;
    private int runs;
    private Script best;

    private Shrinker(Script script, Predicate<Script> breaks, int mostRuns) {
        this.best = script;
        this.breaks = breaks;
        this.runs = mostRuns;
    }

    /** The shortest script that was found within {@code mostRuns}. The given script must break the invariant. */
    public static Script shrink(Script script, Predicate<Script> breaks, int mostRuns) {
        Shrinker shrinker = new Shrinker(script, breaks, mostRuns);
        shrinker.leaveOut();
        shrinker.shortenPauses();
        return shrinker.best;
    }

    private void leaveOut() {
        int size = Math.max(1, best.steps().size() / 2);
        while (runs > 0) {
            boolean isShorter = leaveOut(size);
            if (size > 1) {
                size /= 2;
            } else if (!isShorter) {
                return;
            }
        }
    }

    /** Begins at the end, because steps after the break are never needed. */
    private boolean leaveOut(int size) {
        int before = best.steps().size();
        int to = before;
        while (to > 0 && runs > 0) {
            int from = Math.max(0, to - size);
            if (!accept(without(from, to, false))) {
                accept(without(from, to, true));
            }
            to = from;
        }
        return best.steps().size() < before;
    }

    /** @param isTimeKept whether the step before waits for the time of those left out */
    private Script without(int from, int to, boolean isTimeKept) {
        List<Step> steps = new ArrayList<>(best.steps());
        List<Step> out = steps.subList(from, to);
        long pause = 0;
        for (Step step : out) {
            pause += step.pauseNanos();
        }
        out.clear();
        if (isTimeKept && from > 0) {
            Step before = steps.get(from - 1);
            steps.set(from - 1, new Step(before.act(), before.salt(), before.pauseNanos() + pause));
        }
        return new Script(best.scene(), best.seed(), steps);
    }

    private void shortenPauses() {
        for (int i = 0; i < best.steps().size(); i++) {
            if (!accept(withPause(i, 0))) {
                for (long pause = best.steps().get(i).pauseNanos() / 2; pause > 1_000_000; pause /= 2) {
                    if (!accept(withPause(i, pause))) {
                        break;
                    }
                }
            }
        }
    }

    private Script withPause(int index, long nanos) {
        List<Step> steps = new ArrayList<>(best.steps());
        Step step = steps.get(index);
        steps.set(index, new Step(step.act(), step.salt(), nanos));
        return new Script(best.scene(), best.seed(), steps);
    }

    /** Makes the shorter script the best one if it breaks the same. Answers whether it does. */
    private boolean accept(Script shorter) {
        if (runs <= 0 || shorter.equals(best) || shorter.steps().isEmpty()) {
            return false;
        }
        runs--;
        if (breaks.test(shorter)) {
            best = shorter;
            return true;
        }
        return false;
    }
}
