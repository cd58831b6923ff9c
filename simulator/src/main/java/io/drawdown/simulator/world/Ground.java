package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What everything in one history stands on; all chance comes from its seed. */
public final class Ground {

    public final Timeline timeline = new Timeline();
    public final Findings findings = new Findings(timeline);
    public final Counts counts = new Counts();
    public final Trace trace;
    private final long seed;
    private final List<Line> lines = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    public Ground(long seed, boolean isTraced) {
        this.seed = seed;
        trace = new Trace(timeline, isTraced);
    }

    /** Chance of its own for everyone, so that one more throw here does not change what happens there. */
    public SplittableRandom random(String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    /** A new connection of this process; it lasts as long as the process. */
    public Line line(String name, Process caller) {
        Line line = new Line(caller.name() + " to " + name, caller, timeline, random(caller.name() + name), this::met);
        lines.removeIf(old -> !old.caller().isAlive());
        lines.add(line);
        return line;
    }

    private void met(Line line, Fate fate) {
        counts.count("call " + fate);
        trace.say(line.caller().name(), () -> line.name() + ": " + fate);
    }

    /** The connections of processes that live. */
    public List<Line> lines() {
        return lines.stream().filter(line -> line.caller().isAlive()).toList();
    }

    void add(Host host) {
        hosts.add(host);
    }

    /** All places where processes run. */
    public List<Host> hosts() {
        return hosts;
    }

    /** From now on nothing goes wrong. */
    public void heal() {
        lines.forEach(Line::heal);
        hosts.forEach(Host::heal);
    }
}
