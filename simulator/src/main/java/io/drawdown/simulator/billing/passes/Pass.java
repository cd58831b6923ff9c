package io.drawdown.simulator.billing.passes;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.engine.Processes.Execution;
import io.drawdown.billing.run.engine.Turn;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A batch process at work, on the thread of the core. */
abstract class Pass implements Execution {

    final SimulatedProcesses processes;
    final Turn turn;
    private final Consumer<Ending> ended;
    private @Nullable String cursor;
    private boolean isStopped;
    private boolean isClosed;

    Pass(SimulatedProcesses processes, Turn turn, Consumer<Ending> ended) {
        this.processes = processes;
        this.turn = turn;
        this.ended = ended;
        this.cursor = turn.cursor();
    }

    /** Does the next piece of work. */
    abstract void next();

    /** Stores how far it has come, and goes on. */
    void save(String reached) {
        turn.save(reached)
                .subscribe()
                .with(
                        holds -> {
                            if (holds) {
                                cursor = reached;
                                next();
                            } else {
                                stopped();
                            }
                        },
                        this::failed);
    }

    void completed() {
        end(Ending.completed());
    }

    void stopped() {
        end(Ending.partial(cursor, null));
    }

    void failed(Throwable fault) {
        processes.counts().count("process failed");
        end(Ending.failed(Ending.EXCEPTION, fault.getClass().getName(), cursor));
    }

    /** Does it only if the run is still this runner's. */
    <T> Uni<T> effect(Uni<T> effect, T otherwise) {
        return turn.holds().chain(holds -> holds ? effect : Uni.createFrom().item(otherwise));
    }

    private void end(Ending ending) {
        if (!isClosed) {
            isClosed = true;
            ended.accept(ending);
        }
    }

    Duration left() {
        long nanos = turn.deadlineNanos() - processes.time().nanos();
        return isStopped || nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    boolean mayWrite() {
        return !isClosed && turn.mayWrite();
    }

    @Override
    public Figures figures() {
        return Figures.NONE;
    }

    @Override
    public @Nullable String cursor() {
        return cursor;
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    /** As the real one: it waits no longer for calls that are under way. */
    @Override
    public void interrupt() {
        isStopped = true;
        stopped();
    }

    @Override
    public void abandon() {
        isStopped = true;
        isClosed = true;
    }
}
