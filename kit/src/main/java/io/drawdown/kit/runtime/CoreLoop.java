package io.drawdown.kit.runtime;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.CurrentWork;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The thread of a core in production, with its timers: one event loop of Vert.x. */
public final class CoreLoop implements Scheduler, Executor {

    private static final Logger LOG = Logger.getLogger(CoreLoop.class);

    private final ContextInternal context;
    private volatile boolean closed;

    public CoreLoop(Vertx vertx) {
        context = ((VertxInternal) vertx).createEventLoopContext();
    }

    @Override
    public void execute(Runnable action) {
        context.nettyEventLoop().execute(() -> run(action));
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long nanos = Math.max(0, delay.toNanos());
        var scheduled = context.nettyEventLoop().schedule(() -> run(action), nanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /**
     * Enters the core on its thread, and hands the answer back to the Vert.x context of the caller, if there is one. For the
     * edges. What the entry does at once is work of the caller's, and so is its chain ({@link ChainTrace}); what it leaves for later is not, unless it says so itself. Fails
     * with {@link Unavailable} once the service has stopped.
     */
    public <T> Uni<T> call(Supplier<Uni<T>> entry) {
        return call(entry, false);
    }

    /** As {@link #call}; but once nobody waits for the answer any more, what was begun is cancelled, on the core's thread. */
    public <T> Uni<T> callWhileWanted(Supplier<Uni<T>> entry) {
        return call(entry, true);
    }

    /** Refuses every later call. */
    void close() {
        closed = true;
    }

    private <T> Uni<T> call(Supplier<Uni<T>> entry, boolean endsWithCaller) {
        if (closed) {
            return Uni.createFrom().failure(new Unavailable("this instance stops"));
        }
        return Uni.createFrom().emitter(emitter -> {
            Executor back = callerOf(Vertx.currentContext());
            CurrentWork work = CurrentWork.get();
            Begun begun = new Begun();
            if (endsWithCaller) {
                emitter.onTermination(() -> execute(() -> begun.work.cancel()));
            }
            execute(() -> work.run(() -> begun.work = enter(entry, emitter, back, ChainTrace.context(work.trace()))));
        });
    }

    /** A call under way. Belongs to the core's thread. */
    private static final class Begun {
        private Cancellable work = () -> {};
    }

    private static Executor callerOf(Context caller) {
        return caller == null ? Runnable::run : action -> caller.runOnContext(nothing -> action.run());
    }

    private static <T> Cancellable enter(
            Supplier<Uni<T>> entry, UniEmitter<? super T> emitter, Executor back, io.smallrye.mutiny.Context trace) {
        return Uni.createFrom()
                .deferred(entry::get)
                .subscribe()
                .with(
                        trace,
                        item -> back.execute(() -> emitter.complete(item)),
                        fault -> back.execute(() -> emitter.fail(fault)));
    }

    /** Each action has a context of its own, for Quarkus allows context locals nowhere else. */
    private void run(Runnable action) {
        ContextInternal own = context.duplicate();
        ContextInternal before = own.beginDispatch();
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("An action of the core failed", e);
        } finally {
            own.endDispatch(before);
        }
    }
}
