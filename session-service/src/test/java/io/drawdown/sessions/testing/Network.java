package io.drawdown.sessions.testing;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What lies between processes and their ports: what was asked for happens, but a dead process hears no answer. */
public final class Network {

    private final ManualTime time;
    /** The one that runs now; between two actions that of the first instance. */
    private Dying process;

    Network(ManualTime time) {
        this.time = time;
        this.process = new Dying(time, this);
    }

    /** A new process; the one before is dead. */
    Dying boot() {
        process.die();
        process = new Dying(time, this);
        return process;
    }

    /** A process beside the others. */
    Dying bootAnother() {
        return new Dying(time, this);
    }

    /** What that process asks for while it runs is answered to it. */
    void run(Dying running, Runnable action) {
        Dying before = process;
        process = running;
        try {
            action.run();
        } finally {
            process = before;
        }
    }

    boolean isUp() {
        return process.isAlive();
    }

    /** A connection of the process that runs now; once that is dead nothing reaches it. */
    Consumer<Runnable> toProcess() {
        Dying one = process;
        return one::run;
    }

    /** Something arrives at the process. */
    void reach(Runnable arrival) {
        process.run(arrival);
    }

    void sleep() {
        process.sleep();
    }

    void wake() {
        process.wake();
    }

    void crash() {
        process.die();
    }

    <T> Uni<T> answer(Duration delay, Supplier<? extends T> effect) {
        return Uni.createFrom().emitter(emitter -> {
            Dying asking = process;
            time.after(delay, () -> {
                T item;
                try {
                    item = effect.get();
                } catch (RuntimeException fault) {
                    asking.run(() -> emitter.fail(fault));
                    return;
                }
                asking.run(() -> emitter.complete(item));
            });
        });
    }
}
