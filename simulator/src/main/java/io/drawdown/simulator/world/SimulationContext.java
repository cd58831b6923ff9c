package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What everything in one history stands on; all chance comes from its seed. */
public final class SimulationContext {

    public final Timeline timeline = new Timeline();
    public final Findings findings = new Findings(timeline);
    public final Counts counts = new Counts();
    public final Trace trace;
    private final long seed;
    private final List<Link> lines = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    public SimulationContext(long seed, boolean isTraced) {
        this.seed = seed;
        trace = new Trace(timeline, isTraced);
    }

    /** Chance of its own for everyone, so that one more throw here does not change what happens there. */
    public SplittableRandom random(String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    /** A new connection of this process; it lasts as long as the process. */
    public Link line(String name, Process caller) {
        Link link = new Link(caller.name() + " to " + name, caller, timeline, random(caller.name() + name), this::met);
        lines.removeIf(old -> !old.caller().isAlive());
        lines.add(link);
        return link;
    }

    private void met(Link link, CallFault callFault) {
        counts.count("call " + callFault);
        trace.say(link.caller().name(), () -> link.name() + ": " + callFault);
    }

    /** The connections of processes that live. */
    public List<Link> lines() {
        return lines.stream().filter(link -> link.caller().isAlive()).toList();
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
        lines.forEach(Link::heal);
        hosts.forEach(Host::heal);
    }
}
