package io.drawdown.simulator.world;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first invariant that a history broke. */
public final class Findings {

    private final Timeline timeline;
    private @Nullable Finding first;

    /**
     * @param invariant what must hold, in words that are the same in every history
     * @param detail how it is broken in this history
     */
    public record Finding(String invariant, String detail, long nanos) {}

    public Findings(Timeline timeline) {
        this.timeline = timeline;
    }

    public void expect(boolean holds, String invariant, Supplier<String> detail) {
        if (!holds && first == null) {
            first = new Finding(invariant, detail.get(), timeline.nanos());
        }
    }

    public @Nullable Finding first() {
        return first;
    }

    public boolean isEmpty() {
        return first == null;
    }
}
