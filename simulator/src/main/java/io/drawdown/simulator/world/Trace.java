package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The time line of a history, line by line; recorded only if it is to be read. */
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
