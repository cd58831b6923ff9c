package io.drawdown.simulator.bugs;

import io.drawdown.simulator.bugs.overlay.Overlay;
import io.drawdown.simulator.history.History;
import io.drawdown.simulator.history.Scene;
import io.drawdown.simulator.history.Script;
import io.drawdown.simulator.world.Findings.Finding;

/** Plays histories inside an {@link Overlay}, with JDK types only at its border. */
final class Hunt {

    static final String NOTHING = "nothing";

    private Hunt() {}

    /** The number of histories until an invariant broke and the invariant, or {@link #NOTHING}. */
    static String run(String scene, long firstSeed, long histories, int meanSteps) {
        for (long played = 1; played <= histories; played++) {
            Finding finding = History.of(Script.of(Scene.of(scene), firstSeed + played - 1, meanSteps), false)
                    .finding();
            if (finding != null) {
                return played + " " + finding.invariant();
            }
        }
        return NOTHING;
    }
}
