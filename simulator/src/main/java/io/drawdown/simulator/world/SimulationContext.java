package io.drawdown.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What all parts of one history share. All randomness comes from its seed. */
public final class SimulationContext {

    public final Timeline timeline = new Timeline();
    public final Findings findings = new Findings(timeline);
    public final Counts counts = new Counts();
    public final Trace trace;
    private final long seed;
    private final List<Link> links = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    public SimulationContext(long seed, boolean isTraced) {
        this.seed = seed;
        trace = new Trace(timeline, isTraced);
    }

    /** A generator for each name, so that one more draw in one place changes nothing elsewhere. */
    public SplittableRandom random(String name) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    }

    /** A new link of this process; it lasts as long as the process. */
    public Link link(String name, Process caller) {
        Link link = new Link(caller.name() + " to " + name, caller, timeline, random(caller.name() + name), this::met);
        links.removeIf(old -> !old.caller().isAlive());
        links.add(link);
        return link;
    }

    private void met(Link link, CallFault callFault) {
        counts.count("call " + callFault);
        trace.say(link.caller().name(), () -> link.name() + ": " + callFault);
    }

    /** The links of processes that live. */
    public List<Link> links() {
        return links.stream().filter(link -> link.caller().isAlive()).toList();
    }

    void add(Host host) {
        hosts.add(host);
    }

    /** All hosts. */
    public List<Host> hosts() {
        return hosts;
    }

    /** Removes all faults and wakes all processes. */
    public void heal() {
        links.forEach(Link::heal);
        hosts.forEach(Host::heal);
    }
}
