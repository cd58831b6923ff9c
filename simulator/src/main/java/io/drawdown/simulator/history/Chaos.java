package io.drawdown.simulator.history;

import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Fate;
import io.drawdown.simulator.world.Ground;
import io.drawdown.simulator.world.Host;
import io.drawdown.simulator.world.Line;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong with processes, connections and clocks, whosever they are. */
final class Chaos {

    private static final long MILLI = 1_000_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Ground ground;
    private final List<Database> databases;
    private Duration stepped = Duration.ZERO;
    private boolean everStepped;

    Chaos(Ground ground, List<Database> databases) {
        this.ground = ground;
        this.databases = databases;
    }

    void order(Fate fate, RandomGenerator random) {
        Line line = line(random);
        line.order(fate);
        ground.trace.say("chaos", () -> "orders " + fate + " for " + line.name());
    }

    /** For one of those who change documents, whose guards and reads such a thing befalls. */
    void orderAtAStore(Fate fate, RandomGenerator random) {
        List<Line> stores = ground.lines().stream()
                .filter(line ->
                        line.name().endsWith(" to accounts") || line.name().endsWith(" to sessions"))
                .filter(line -> !line.name().startsWith("clients"))
                .toList();
        Line line = stores.isEmpty() ? line(random) : stores.get(random.nextInt(stores.size()));
        line.order(fate);
        ground.trace.say("chaos", () -> "orders " + fate + " for " + line.name());
    }

    /** For one who asks credits-service, where there is one. */
    void orderForAnAsker(Fate fate, RandomGenerator random) {
        List<Line> asking = ground.lines().stream()
                .filter(line -> line.name().contains("to credits"))
                .toList();
        Line line = asking.isEmpty() ? line(random) : asking.get(random.nextInt(asking.size()));
        line.order(fate);
        ground.trace.say("chaos", () -> "orders " + fate + " for " + line.name());
    }

    void down(RandomGenerator random) {
        Line line = line(random);
        long nanos = 100 * MILLI + random.nextLong(random.nextInt(4) == 0 ? 15_000 * MILLI : 2_000 * MILLI);
        line.down(true);
        ground.timeline.after(nanos, () -> line.down(false));
        ground.trace.say("chaos", () -> line.name() + " is down for " + nanos / MILLI + " ms");
    }

    void crash(RandomGenerator random) {
        Host host = host(random);
        int actions = random.nextInt(12);
        host.process().killAfter(actions);
        ground.trace.say("chaos", () -> "kills " + host.process().name() + " after " + actions + " actions");
    }

    void freeze(RandomGenerator random) {
        Host host = host(random);
        long nanos = random.nextInt(3) == 0 ? random.nextLong(20_000 * MILLI) : random.nextLong(3_000 * MILLI);
        host.freeze(nanos);
        ground.trace.say("chaos", () -> host.process().name() + " stands still for " + nanos / MILLI + " ms");
    }

    /** An hour forth or back, and the next time the other way. */
    void stepClock(RandomGenerator random) {
        Duration step = stepped.isZero() ? (random.nextBoolean() ? HOUR : HOUR.negated()) : stepped.negated();
        stepped = stepped.plus(step);
        everStepped = true;
        databases.forEach(database -> database.step(step));
        ground.trace.say("chaos", () -> "the databases' clocks step by " + step);
    }

    boolean hasSteppedClocks() {
        return everStepped;
    }

    void skewClock(RandomGenerator random) {
        Duration step = Duration.ofMillis(random.nextInt(4_000) - 2_000);
        Database database = databases.get(random.nextInt(databases.size()));
        database.step(step);
        ground.trace.say("chaos", () -> "the clock of a database steps by " + step);
    }

    private Line line(RandomGenerator random) {
        List<Line> lines = ground.lines();
        return lines.get(random.nextInt(lines.size()));
    }

    private Host host(RandomGenerator random) {
        return ground.hosts().get(random.nextInt(ground.hosts().size()));
    }
}
