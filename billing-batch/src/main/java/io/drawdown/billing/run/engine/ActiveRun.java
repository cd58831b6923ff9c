package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.ProcessRun;
import io.drawdown.billing.run.ProcessState;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.ResettableTimer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One run in this instance: its processes have their turns one after the other, each within its share, until all are over or the run
 * is lost. Whatever a process does is its own result.
 *
 * <p>A write that fails is tried again for as long as the run is this instance's, because each may be repeated. The run is lost as
 * soon as a document shows a greater fence: another instance has taken it over, and goes on from the same documents.
 */
final class ActiveRun {

    /** So many instances may die with a process in one run; then it is not tried again. */
    static final int MOST_CRASHES = 3;

    private static final Logger LOG = Logger.getLogger(ActiveRun.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private final RunTools tools;
    private final Records records;
    private final RunClock clock;
    private final Consumer<RunDocument> over;
    private final ResettableTimer late;
    private final PeriodicTask progress;
    private final List<UniEmitter<? super RunDocument>> waiting = new ArrayList<>();

    private RunDocument run;
    private @Nullable ProcessTurn turn;
    private boolean isStopping;
    private boolean isOver;

    /** @param over hears once when this instance has done what it can: the run has ended, or is another's */
    ActiveRun(RunDocument run, Records records, RunTools tools, Consumer<RunDocument> over) {
        this.run = run;
        this.records = records;
        this.tools = tools;
        this.over = over;
        this.clock = new RunClock(run, tools.settings().budgetOf(run.order()), tools.time());
        this.late = new ResettableTimer(tools.scheduler());
        this.progress = PeriodicTask.of("progress of a run", tools.scheduler(), PROGRESS, this::tellProgress);
    }

    void start() {
        late.set(tools.settings().lateAfter().minus(clock.used()), this::tellLate);
        progress.start();
        seen(run);
        next();
    }

    RunDocument run() {
        return run;
    }

    /** The run when this instance has done what it can; it has not ended if it is another's then. */
    Uni<RunDocument> whenOver() {
        return Uni.createFrom().emitter(emitter -> {
            if (isOver) {
                emitter.complete(run);
            } else {
                waiting.add(emitter);
            }
        });
    }

    /** Begins no further process, and tells the present one to stop; the run is left to whoever takes it over. */
    void stop() {
        isStopping = true;
        pause();
    }

    /** Tells the process that it should stop: its runner may not be the runner any more. */
    void pause() {
        if (turn != null) {
            turn.stop();
        }
    }

    /** Another has the run, or will have it: nothing more is done here. */
    void lose() {
        if (!isOver) {
            LOG.warnf("Run given up here; another instance goes on with it: runId=%s", run.id());
            if (turn != null) {
                turn.abandon();
            }
            finish();
        }
    }

    private void next() {
        turn = null;
        if (isOver) {
            return;
        }
        if (isStopping) {
            finish();
            return;
        }
        run.nextOpen().ifPresentOrElse(this::decide, this::end);
    }

    private void decide(ProcessRun next) {
        Ending without = withoutTurn(next);
        if (without == null) {
            begin(next);
        } else {
            record(next.process(), without, next.figures(), Duration.ZERO);
        }
    }

    /** How it ends without a turn; null if it has one. */
    private @Nullable Ending withoutTurn(ProcessRun next) {
        @Nullable String cursor = next.cursor();
        if (!tools.processes().isKnown(next.process())) {
            return Ending.skipped(Ending.UNKNOWN, cursor);
        }
        if (tools.processes().isStuck(next.process())) {
            return Ending.skipped(Ending.STILL_RUNNING, cursor);
        }
        boolean hasBegun = next.state() instanceof ProcessState.Running;
        if (next.state() instanceof ProcessState.Running(Instant since, int crashes) && crashes >= MOST_CRASHES) {
            return Ending.failed(Ending.CRASHED, null, cursor);
        }
        if (share().isZero()) {
            return hasBegun ? Ending.partial(cursor, Ending.BUDGET) : Ending.skipped(Ending.BUDGET, cursor);
        }
        return null;
    }

    private Duration share() {
        return clock.share(run.open() - 1);
    }

    private void begin(ProcessRun next) {
        String name = next.process();
        Instant slot = run.order().slot();
        Instant now = tools.time().now();
        Instant served = slot != null && slot.isAfter(now) ? slot : now;
        write(() -> records.begin(name, served), process -> {
            if (process.fence() == records.fence()) {
                change(
                        (current, at) -> current.started(records.fence(), name, process.cursor(), at),
                        () -> play(process));
            } else {
                lose();
            }
        });
    }

    private void play(ProcessDocument process) {
        long deadline = tools.time().nanos() + share().toNanos();
        turn = new ProcessTurn(run, process, deadline, records, tools, this::ended);
        turn.start(this::lose);
        if (isStopping) {
            turn.stop();
        }
    }

    /** What stopped only because this instance stops has not ended: whoever takes the run over goes on with it. */
    private void ended(ProcessTurn.Result result) {
        boolean isLeft = isStopping && result.ending().state() == BatchRunEvent.State.PARTIAL;
        if (isLeft) {
            leave(result.process(), result.ending().cursor(), result.figures());
        } else {
            record(result.process(), result.ending(), result.figures(), result.took());
        }
    }

    private void leave(String process, @Nullable String cursor, Figures figures) {
        Runnable left = () -> change((current, now) -> current.left(records.fence(), process, figures), this::finish);
        if (cursor == null) {
            left.run();
        } else {
            write(() -> records.save(process, cursor), saved -> left.run());
        }
    }

    private void record(String process, Ending ending, Figures figures, Duration took) {
        boolean hadTurn = turn != null;
        turn = null;
        boolean hasBegun = run.process(process)
                .filter(of -> of.state() instanceof ProcessState.Running)
                .isPresent();
        Consumer<Ending> toRun = end ->
                change((current, now) -> current.ended(records.fence(), process, end, figures, took.toMillis()), () -> {
                    tools.monitor().ended(process, end.state(), took);
                    next();
                });
        if (hasBegun) {
            ProcessDocument.Last last = new ProcessDocument.Last(
                    run.id(), tools.time().now(), new ProcessState.Over(ending, took.toMillis()), figures);
            write(
                    () -> hadTurn ? records.end(process, last) : records.endOfFormer(process, last),
                    written -> toRun.accept(ending.at(written.cursor())));
        } else {
            toRun.accept(ending);
        }
    }

    private void end() {
        change(
                (current, now) -> current.end(records.fence(), now, clock.used().toMillis()),
                () -> write(records::release, released -> finish()));
    }

    private void finish() {
        if (!isOver) {
            isOver = true;
            turn = null;
            late.cancel();
            progress.stop();
            over.accept(run);
            waiting.forEach(each -> each.complete(run));
            waiting.clear();
        }
    }

    private void tellLate() {
        LOG.warnf(
                "Run takes longer than it should: runId=%s after=%s",
                run.id(), tools.settings().lateAfter());
        tools.monitor().late();
        change((current, now) -> current.late(records.fence()), () -> {});
    }

    private Uni<Void> tellProgress() {
        ProcessTurn present = turn;
        if (present == null || isOver) {
            return Uni.createFrom().voidItem();
        }
        Figures figures = present.figures();
        @Nullable String cursor = present.cursor();
        return records.change(
                        run, (current, now) -> current.progressed(records.fence(), present.process(), cursor, figures))
                .invoke(this::seen)
                .replaceWithVoid();
    }

    private void change(GuardedWrites.Rule<RunDocument> rule, Runnable then) {
        write(() -> records.change(run, rule), next -> {
            seen(next);
            if (!isOver) {
                then.run();
            }
        });
    }

    /** An answer may be older than what is known. */
    private void seen(RunDocument next) {
        if (next.rev() >= run.rev()) {
            run = next;
        }
        if (next.runner().fence() > records.fence()) {
            lose();
        }
    }

    /** Until it is written, or the run is not this instance's any more. */
    private <T> void write(Supplier<Uni<T>> write, Consumer<T> then) {
        Uni.createFrom()
                .deferred(write::get)
                .subscribe()
                .with(
                        written -> {
                            if (!isOver) {
                                then.accept(written);
                            }
                        },
                        fault -> {
                            LOG.warnf("Run not written, trying again: runId=%s fault=%s", run.id(), fault);
                            tools.scheduler().after(RETRY, () -> {
                                if (!isOver) {
                                    write(write, then);
                                }
                            });
                        });
    }
}
