package io.drawdown.credits.decision;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.WarningLevels;
import io.drawdown.credits.account.Thresholds;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings at the {@link WarningLevels} of the balance right after the last top-up, each once per crossing. Only grants arm
 * them. A release does not, because it does not change the balance.
 */
public final class Warnings {

    private Warnings() {}

    public static Thresholds armedAt(Credits balance) {
        return new Thresholds(balance, List.of());
    }

    public static void arm(Draft draft) {
        draft.setThresholds(armedAt(draft.balances().balance()));
    }

    static void raise(Draft draft) {
        Credits balance = draft.balances().balance();
        for (int level : WarningLevels.PERCENT) {
            if (isCrossed(draft.thresholds(), balance, level)) {
                draft.setThresholds(crossed(draft.thresholds(), level));
                draft.post(Posting.of(EntryType.THRESHOLD_CROSSED, "balance at or below " + level + " %")
                        .threshold(level));
            }
        }
    }

    public static Thresholds crossed(Thresholds thresholds, int level) {
        List<Integer> levels = new ArrayList<>(thresholds.crossed());
        levels.add(level);
        return new Thresholds(thresholds.armedBalance(), levels);
    }

    private static boolean isCrossed(Thresholds thresholds, Credits balance, int level) {
        return thresholds.armedBalance().isPositive()
                && !thresholds.crossed().contains(level)
                && balance.micros() * 100 <= thresholds.armedBalance().micros() * level;
    }
}
