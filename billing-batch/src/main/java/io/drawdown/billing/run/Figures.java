package io.drawdown.billing.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process says of itself while it runs.
 *
 * @param counts its figures by their names
 * @param note how far it is, in a few words; absent if it has not said
 */
public record Figures(Map<String, Long> counts, @Nullable String note) {

    public static final Figures NONE = new Figures(Map.of(), null);
}
