package io.drawdown.simulator.bugs;

import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Findings.Finding;

/** Plays histories inside an {@link Overlay}; its border knows types of the JDK only. */
final class Hunt {

    static final String NOTHING = "nothing";

    private Hunt() {}

    /** How many histories it took and which invariant broke, or {@link #NOTHING}. */
    static String run(long firstSeed, long histories, int meanSteps) {
        for (long played = 1; played <= histories; played++) {
            Finding finding = History.of(Script.of(firstSeed + played - 1, meanSteps), false)
                    .finding();
            if (finding != null) {
                return played + " " + finding.invariant();
            }
        }
        return NOTHING;
    }
}
