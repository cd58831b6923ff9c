package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, line by line; written only where somebody wants to read it. */
public final class Trace {

    private final Timeline timeline;
    private final boolean isOn;
    private final List<String> lines = new ArrayList<>();

    public Trace(Timeline timeline, boolean isOn) {
        this.timeline = timeline;
        this.isOn = isOn;
    }

    public void say(String who, Supplier<String> what) {
        if (isOn) {
            lines.add(String.format(Locale.ROOT, "%10.3f  %-10s %s", timeline.nanos() / 1e9, who, what.get()));
        }
    }

    public List<String> lines() {
        return lines;
    }
}
