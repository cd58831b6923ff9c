package io.drawdown.simulator.purchasing;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Looks for a history that breaks an invariant. Its border has JDK types only, so it can run beside a second set of classes. */
final class Hunt {

    static final String NOTHING = "nothing";

    private static final int STEPS = 300;

    static {
        Infrastructure.clearInterceptors(); // of contexts, which cost more than all the rest
    }

    private Hunt() {}

    /** The seed and what is wrong, or {@link #NOTHING}. */
    static String run(long firstSeed, long histories) {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            String finding = PurchaseHistory.play(seed, STEPS);
            if (finding != null) {
                return seed + ": " + finding;
            }
        }
        return NOTHING;
    }
}
