package io.drawdown.simulator.world;

import io.drawdown.kit.runtime.DatabaseTime;
import java.time.Duration;
import java.util.SplittableRandom;

/** The place of one instance of a service. When its process dies, the host starts the next one, as an orchestrator does. */
public abstract class Host {

    private static final long MILLI = 1_000_000;
    private static final Duration AGAIN = Duration.ofMillis(500);

    protected final SimulationContext context;
    private final String name;
    private final Database database;
    protected final SplittableRandom random;
    private Process process;
    private DatabaseTime time;
    private int starts;
    private long lostUntilNanos;

    /** @param database its processes use the time of this one */
    protected Host(SimulationContext context, String name, Database database) {
        this.context = context;
        this.name = name;
        this.database = database;
        this.random = context.random(name);
        process = new Process(name, context.timeline);
        process.kill();
        time = new DatabaseTime(
                () -> {
                    throw new IllegalStateException("not started");
                },
                process);
        context.add(this);
    }

    public String name() {
        return name;
    }

    public Process process() {
        return process;
    }

    /** The clock of the running process. */
    public DatabaseTime time() {
        return time;
    }

    /** Starts a process. Its service runs as soon as the process knows the time. */
    public void start() {
        Process fresh = new Process(name + "." + ++starts, context.timeline);
        process = fresh;
        fresh.whenDead(() -> died(fresh));
        Link clock = context.link("clock", fresh);
        DatabaseTime known = new DatabaseTime(() -> clock.read(database::now), fresh, context.timeline::nanos);
        time = known;
        stopped();
        fresh.execute(() -> awaitTime(fresh, known));
    }

    private void awaitTime(Process fresh, DatabaseTime known) {
        known.start().subscribe().with(done -> run(fresh), fault -> fresh.after(AGAIN, () -> awaitTime(fresh, known)));
    }

    private void died(Process dead) {
        context.counts.count("process died");
        context.trace.say(dead.name(), () -> "is dead");
        if (dead == process) {
            stopped();
            long delay = 50 * MILLI + random.nextLong(random.nextInt(3) == 0 ? 12_000 * MILLI : 2_000 * MILLI);
            context.timeline.after(Math.max(delay, lostUntilNanos - context.timeline.nanos()), () -> startAgain(dead));
        }
    }

    private void startAgain(Process dead) {
        if (dead == process) {
            start();
        }
    }

    /** Kills the process. Its machine is lost: the next process starts on another one, and not before that time has passed. */
    public void lose(long nanos) {
        lostUntilNanos = context.timeline.nanos() + nanos;
        process.kill();
    }

    /** Stalls the process for {@code nanos}. */
    public void freeze(long nanos) {
        Process sleeper = process;
        if (sleeper.isAlive() && !sleeper.isFrozen()) {
            sleeper.freeze();
            context.timeline.after(nanos, () -> wake(sleeper));
        }
    }

    private void wake(Process sleeper) {
        if (sleeper.isFrozen()) {
            context.trace.say(sleeper.name(), () -> "wakes");
            sleeper.wake();
        }
    }

    /** Wakes the process if it is frozen. */
    public void heal() {
        wake(process);
    }

    /** Starts the service in this process; its time is known. */
    protected abstract void run(Process fresh);

    /** Called when the current process has died or is replaced. */
    protected abstract void stopped();
}
