package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.engine.Processes.Execution;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.ResettableTimer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one process. At its deadline it should stop by itself; after a while it is interrupted, and after as long again it is
 * given up, so that the next process gets its turn.
 */
final class ProcessTurn implements Turn {

    /** How long after its deadline it is interrupted, and after that given up. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ProcessTurn.class);

    private final RunDocument run;
    private final ProcessDocument process;
    private final long deadlineNanos;
    private final long beganNanos;
    private final Records records;
    private final RunTools tools;
    private final Consumer<Result> ended;
    private final ResettableTimer overrun;
    private @Nullable Execution execution;
    private Runnable lost = () -> {};
    private boolean isOver;

    /** How it came out. */
    record Result(String process, Ending ending, Figures figures, Duration took) {}

    ProcessTurn(
            RunDocument run,
            ProcessDocument process,
            long deadlineNanos,
            Records records,
            RunTools tools,
            Consumer<Result> ended) {
        this.run = run;
        this.process = process;
        this.deadlineNanos = deadlineNanos;
        this.records = records;
        this.tools = tools;
        this.ended = ended;
        this.beganNanos = tools.time().nanos();
        this.overrun = new ResettableTimer(tools.scheduler());
    }

    /** @param whenLost runs if a write of the process shows that another has the run */
    void start(Runnable whenLost) {
        lost = whenLost;
        Duration left = Duration.ofNanos(deadlineNanos - tools.time().nanos());
        overrun.set(left.plus(PATIENCE), this::interrupt);
        execution = tools.processes().start(process.id(), this, this::over);
    }

    String process() {
        return process.id();
    }

    Figures figures() {
        return running().figures();
    }

    void stop() {
        running().stop();
    }

    void abandon() {
        isOver = true;
        overrun.cancel();
        running().abandon();
    }

    private Execution running() {
        return Objects.requireNonNull(execution);
    }

    private void interrupt() {
        LOG.warnf("Process did not stop at its deadline, interrupting it: process=%s runId=%s", process.id(), run.id());
        running().interrupt();
        overrun.set(PATIENCE, this::giveUp);
    }

    private void giveUp() {
        LOG.errorf("Process does not stop, going on without it: process=%s runId=%s", process.id(), run.id());
        running().abandon();
        over(Ending.failed(Ending.OVERRAN, null, cursor()));
    }

    private void over(Ending ending) {
        if (!isOver) {
            isOver = true;
            overrun.cancel();
            Duration took = Duration.ofNanos(tools.time().nanos() - beganNanos);
            ended.accept(new Result(process.id(), ending, figures(), took));
        }
    }

    @Override
    public Instant asOf() {
        return run.asOf();
    }

    @Override
    public boolean isDry() {
        return run.order().isDry();
    }

    @Override
    public @Nullable TraceContext trace() {
        return run.runner().trace();
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** The latest that it has saved, if it has begun. */
    @Override
    public @Nullable String cursor() {
        return execution == null ? process.cursor() : execution.cursor();
    }

    /** A dry run begins anew: it has stored no cursor. */
    @Override
    public Figures former() {
        return run.order().isDry()
                ? Figures.NONE
                : run.process(process.id()).map(ProcessRun::figures).orElse(Figures.NONE);
    }

    @Override
    public Uni<Boolean> save(String cursor) {
        if (isOver) {
            return Uni.createFrom().item(false);
        }
        return records.save(process.id(), cursor)
                .map(written -> written.fence() == records.fence())
                .invoke(this::told);
    }

    @Override
    public Uni<Boolean> holds() {
        return isOver ? Uni.createFrom().item(false) : records.holds().invoke(this::told);
    }

    @Override
    public long fence() {
        return records.fence();
    }

    @Override
    public boolean mayWrite() {
        return !isOver && records.mayWrite();
    }

    private void told(boolean holds) {
        if (!holds && !isOver) {
            lost.run();
        }
    }
}
