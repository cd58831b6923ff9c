package io.drawdown.simulator.world;

import io.drawdown.kit.time.DatabaseTime;
import java.time.Duration;
import java.util.SplittableRandom;

/** Where one copy of a service runs; when its process dies the next one is started, as an orchestrator does. */
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

    /** @param database the one whose time its processes go by */
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

    /** The clock of the process that runs. */
    public DatabaseTime time() {
        return time;
    }

    /** Starts a process; its service runs as soon as it knows the time. */
    public void start() {
        Process fresh = new Process(name + "." + ++starts, context.timeline);
        process = fresh;
        fresh.whenDead(() -> died(fresh));
        Link clock = context.line("clock", fresh);
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
            context.timeline.after(delay, () -> startAgain(dead));
        }
    }

    private void startAgain(Process dead) {
        if (dead == process) {
            start();
        }
    }

    /** The process stands still for so long. */
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

    /** Whatever sleeps wakes. */
    public void heal() {
        wake(process);
    }

    /** The time is known: the service starts in this process. */
    protected abstract void run(Process fresh);

    /** The process that was the current one is not any more. */
    protected abstract void stopped();
}
