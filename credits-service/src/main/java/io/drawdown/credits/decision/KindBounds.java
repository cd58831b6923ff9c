package io.drawdown.credits.decision;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What bounds the starts of one kind of session.
 *
 * @param sessions live ones of the kind that an account may have
 * @param plans those that include the kind
 */
public record KindBounds(int sessions, Set<String> plans) {

    /** As many as the account may have holds, and in no plan. */
    public static final KindBounds NONE = new KindBounds(Integer.MAX_VALUE, Set.of());

    public KindBounds {
        plans = Set.copyOf(plans);
    }

    /** Whether an account with that plan may start the kind; without a plan it may start every kind. */
    public boolean includedIn(@Nullable String plan) {
        return plan == null || plans.contains(plan);
    }
}
