package io.drawdown.billing.testing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The document after a rule that must apply. */
public final class Changed {

    private Changed() {}

    public static <T> T changed(@Nullable T next) {
        return Objects.requireNonNull(next, "the rule did not apply");
    }
}
