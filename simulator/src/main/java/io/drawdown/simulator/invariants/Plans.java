package io.drawdown.simulator.invariants;

import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import java.util.Map;
import java.util.Set;

/** The plans of a history. A session starts only if its account has no plan, or one that includes its kind. */
public final class Plans {

    /** The kinds of each. */
    public static final Map<String, Set<String>> KINDS = Map.of("talk", Set.of("dubbing"), "read", Set.of("subtitles"));

    private Plans() {}

    /** Whether the entry is no start, or one that the plan allows which the account had before it. */
    static boolean allow(AccountStates before, Entry entry) {
        Hold hold = entry.hold();
        if (hold == null || !before.entriesOf(hold.id()).isEmpty()) {
            return true;
        }
        String kind = hold.rate().kind();
        return before.plan()
                .map(plan -> KINDS.getOrDefault(plan, Set.of()).contains(kind))
                .orElse(true);
    }
}
