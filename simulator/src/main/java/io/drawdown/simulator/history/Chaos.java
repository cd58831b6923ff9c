package io.drawdown.simulator.history;

import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.SimulationContext;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong with processes, connections and clocks, whosever they are. */
final class Chaos {

    private static final long MILLI = 1_000_000;
    private static final List<String> STORES = List.of("accounts", "sessions", "tasks", "items");

    private final SimulationContext context;
    private final List<Database> databases;
    private final Duration greatestStep;
    private Duration stepped = Duration.ZERO;
    private boolean everStepped;

    /** @param greatestStep of the clocks; a service that runs refuses to follow it */
    Chaos(SimulationContext context, List<Database> databases, Duration greatestStep) {
        this.greatestStep = greatestStep;
        this.context = context;
        this.databases = databases;
    }

    void order(CallFault callFault, RandomGenerator random) {
        order(callFault, context.links(), random);
    }

    /** Where every process is dead, there is no link. */
    private void order(CallFault callFault, List<Link> lines, RandomGenerator random) {
        if (!lines.isEmpty()) {
            Link link = lines.get(random.nextInt(lines.size()));
            link.order(callFault);
            context.trace.say("chaos", () -> "orders " + callFault + " for " + link.name());
        }
    }

    /** Orders a fault that only a link to a store can have. */
    void orderAtAStore(CallFault callFault, RandomGenerator random) {
        List<Link> stores = context.links().stream()
                .filter(link -> STORES.stream().anyMatch(store -> link.name().endsWith(" to " + store)))
                .filter(link -> !link.name().startsWith("clients"))
                .toList();
        order(callFault, stores.isEmpty() ? context.links() : stores, random);
    }

    /** Orders a fault for a link to credits-service, if there is one. */
    void orderForAnAsker(CallFault callFault, RandomGenerator random) {
        List<Link> asking = context.links().stream()
                .filter(link -> link.name().contains("to credits"))
                .toList();
        order(callFault, asking.isEmpty() ? context.links() : asking, random);
    }

    void down(RandomGenerator random) {
        List<Link> lines = context.links();
        if (lines.isEmpty()) {
            return;
        }
        Link link = lines.get(random.nextInt(lines.size()));
        long nanos = 100 * MILLI + random.nextLong(random.nextInt(4) == 0 ? 15_000 * MILLI : 2_000 * MILLI);
        link.down(true);
        context.timeline.after(nanos, () -> link.down(false));
        context.trace.say("chaos", () -> link.name() + " is down for " + nanos / MILLI + " ms");
    }

    void crash(RandomGenerator random) {
        Host host = host(random);
        int actions = random.nextInt(12);
        host.process().killAfter(actions);
        context.trace.say("chaos", () -> "kills " + host.process().name() + " after " + actions + " actions");
    }

    void freeze(RandomGenerator random) {
        Host host = host(random);
        long nanos = random.nextInt(3) == 0 ? random.nextLong(20_000 * MILLI) : random.nextLong(3_000 * MILLI);
        host.freeze(nanos);
        context.trace.say("chaos", () -> host.process().name() + " is frozen for " + nanos / MILLI + " ms");
    }

    /** Steps all clocks forward or back, and the next time the other way. */
    void stepClock(RandomGenerator random) {
        Duration step =
                stepped.isZero() ? (random.nextBoolean() ? greatestStep : greatestStep.negated()) : stepped.negated();
        stepped = stepped.plus(step);
        everStepped = true;
        databases.forEach(database -> database.step(step));
        context.trace.say("chaos", () -> "the databases' clocks step by " + step);
    }

    boolean hasSteppedClocks() {
        return everStepped;
    }

    void skewClock(RandomGenerator random) {
        Duration step = Duration.ofMillis(random.nextInt(4_000) - 2_000);
        Database database = databases.get(random.nextInt(databases.size()));
        database.step(step);
        context.trace.say("chaos", () -> "the clock of a database steps by " + step);
    }

    private Host host(RandomGenerator random) {
        return context.hosts().get(random.nextInt(context.hosts().size()));
    }
}
