package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.billing.run.RunnerDocument.Current;
import io.drawdown.billing.run.Turns;
import io.drawdown.billing.run.store.RunStore;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the installation, as this instance sees and does them. At most one is under way: whoever puts it into the document of
 * the runner has it.
 *
 * <p>Proof sketch that no two runners write: a run is begun, and taken over, by a guarded write of the runner's document that raises
 * the fence, so fences differ and the later runner has the greater one. A runner writes a document of a run or process only after it has put its
 * fence there, by a write that a smaller fence than the document's does not pass; so once the later runner has read a document to go on from, the former can not change
 * it any more.
 */
public final class Runs {

    private static final Logger LOG = Logger.getLogger(Runs.class);

    private final RunWrites writes;
    private final RunStore stored;
    private final RunTools tools;
    private final RunIds ids;
    private String owner = "";
    private BooleanSupplier lease = () -> false;
    private boolean isStopped;
    private @Nullable ActiveRun active;
    private @Nullable ActiveRun dry;
    private int beginning;
    private boolean isBeginningDry;

    public Runs(RunWrites writes, RunStore stored, RunTools tools, RandomGenerator random) {
        this.writes = writes;
        this.stored = stored;
        this.tools = tools;
        this.ids = new RunIds(tools.time(), random);
    }

    /**
     * This instance may run under that name.
     *
     * @param lease whether it still may
     */
    public void registered(String incarnation, BooleanSupplier lease) {
        owner = incarnation;
        this.lease = lease;
    }

    private boolean mayBegin() {
        return !isStopped && lease.getAsBoolean();
    }

    /** It may not any more; its run is another's, or will be. */
    public void fenced() {
        lease = () -> false;
        if (active != null) {
            active.lose();
        }
    }

    /** It is not sure whether it still may. */
    public void doubted() {
        if (active != null) {
            active.pause();
        }
    }

    /** Whether this instance is the runner. */
    public boolean isRunner() {
        return active != null;
    }

    /** Begins a run, unless one is under way. Fails with {@code Unavailable} or {@code OutcomeUnknown}. */
    public Uni<Begun> begin(RunOrder order) {
        if (!mayBegin()) {
            return Uni.createFrom().failure(new Unavailable("this instance has no lease"));
        }
        String id = ids.next();
        String name = owner;
        return guarded(writes.currentRunner()
                .chain(seen -> writes.runner().change(seen, (current, now) -> current.begin(id, name, order, now)))
                .chain(found -> answer(found, id)));
    }

    private Uni<Begun> answer(RunnerDocument found, String id) {
        Current current = found.current();
        if (current == null) {
            return Uni.createFrom().failure(new Unavailable("a run ended meanwhile"));
        }
        return current.runId().equals(id)
                ? open(found, current)
                        .<Begun>map(run -> new Begun.Here(run.run(), run.whenOver()))
                        .onFailure()
                        .transform(OutcomeUnknown::afterWrite)
                : of(current, found.fence()).map(Begun.AlreadyRunning::new);
    }

    /** The run that is under way, in whatever instance; as it was stored last, at most about a second ago. */
    public Uni<Optional<RunDocument>> current() {
        return writes.currentRunner().chain(found -> {
            Current current = found.current();
            return current == null
                    ? Uni.createFrom().item(Optional.empty())
                    : of(current, found.fence()).map(Optional::of);
        });
    }

    /** It may not be stored yet. */
    private Uni<RunDocument> of(Current current, long fence) {
        return stored.get(current.runId())
                .map(found -> found.orElseGet(() -> RunDocument.begin(current, fence, List.of())));
    }

    /** A run that writes nothing. Empty: this instance has one already. */
    public Optional<Uni<RunDocument>> dryRun(RunOrder order) {
        if (dry != null || isBeginningDry) {
            return Optional.empty();
        }
        isBeginningDry = true;
        return Optional.of(writes.processes(order.processes())
                .onTermination()
                .invoke(() -> isBeginningDry = false)
                .chain(found -> startDry(order, found).whenOver()));
    }

    private ActiveRun startDry(RunOrder order, List<ProcessDocument> found) {
        DryRecords records = new DryRecords(found, tools.time());
        Current current = new Current(ids.next(), owner, order, tools.time().now(), 0);
        RunDocument run = RunDocument.begin(current, records.fence(), Turns.of(found, current.startedAt()));
        ActiveRun started = new ActiveRun(run, records, tools.unheard(), ended -> dry = null);
        dry = started;
        started.start();
        return started;
    }

    /** Looks whether there is a run that this instance should go on with. Answers whether none is under way. */
    Uni<Boolean> look(Dead dead) {
        if (active != null || beginning > 0 || !mayBegin()) {
            return Uni.createFrom().item(false);
        }
        return writes.currentRunner().chain(found -> {
            Current current = found.current();
            if (current == null) {
                return Uni.createFrom().item(true);
            }
            return isDead(current.owner(), dead)
                    .chain(isDead -> isDead && active == null && beginning == 0
                            ? takeOver(found, current)
                            : Uni.createFrom().voidItem())
                    .replaceWith(false);
        });
    }

    /** What this instance has and does not run failed when it was begun; that is as good as dead. */
    private Uni<Boolean> isDead(String incarnation, Dead others) {
        return incarnation.equals(owner) ? Uni.createFrom().item(true) : others.isDead(incarnation);
    }

    /** Says of an incarnation whether it will certainly do nothing more. */
    interface Dead {
        Uni<Boolean> isDead(String incarnation);
    }

    private Uni<Void> takeOver(RunnerDocument seen, Current dead) {
        String name = owner;
        return guarded(writes.runner()
                .change(seen, (current, now) -> current.takeOver(dead, name))
                .chain(found -> {
                    Current current = found.current();
                    return current != null && isOwnTakeover(current, dead)
                            ? resume(found, current)
                            : Uni.createFrom().voidItem();
                }));
    }

    private boolean isOwnTakeover(Current current, Current dead) {
        return current.owner().equals(owner)
                && current.runId().equals(dead.runId())
                && current.takeovers() > dead.takeovers();
    }

    private Uni<Void> resume(RunnerDocument found, Current current) {
        LOG.infof("Run taken over: runId=%s takeovers=%d", current.runId(), current.takeovers());
        tools.monitor().takenOver();
        return open(found, current).replaceWithVoid();
    }

    /** Puts the fence into the document of the run, and begins or goes on. */
    private Uni<ActiveRun> open(RunnerDocument runner, Current current) {
        return stored.get(current.runId())
                .chain(found -> ChainTrace.ask(cause -> open(runner, current, found, span(cause, found))));
    }

    /** Below the request that began the run, if one did; a run that was taken over is linked to what its former runner did. */
    private Span span(@Nullable TraceContext cause, Optional<RunDocument> found) {
        List<TraceContext> former = found.stream()
                .flatMap(run -> Stream.ofNullable(run.runner().trace()))
                .toList();
        return tools.spans().start(Spans.Kind.INTERNAL, "batch run", cause, former);
    }

    private Uni<ActiveRun> open(RunnerDocument runner, Current current, Optional<RunDocument> found, Span span) {
        TraceContext own = span.contextOr(null);
        Uni<RunDocument> opened =
                found.isPresent() ? goOn(runner, current, found.get(), own) : insert(runner, current, own);
        return opened.map(run -> start(runner, run, span)).onFailure().invoke(fault -> {
            span.fail(fault.getClass().getSimpleName());
            span.end();
        });
    }

    private Uni<RunDocument> goOn(
            RunnerDocument runner, Current current, RunDocument found, @Nullable TraceContext span) {
        return writes.runs().change(found, (run, now) -> {
            RunDocument taken = run.takenOver(current.owner(), runner.fence(), current.takeovers());
            return taken == null ? null : taken.within(span);
        });
    }

    private Uni<RunDocument> insert(RunnerDocument runner, Current current, @Nullable TraceContext span) {
        return writes.processes(current.order().processes())
                .map(found -> RunDocument.begin(current, runner.fence(), Turns.of(found, current.startedAt()))
                        .within(span))
                .chain(first -> writes.runs().insert(first))
                .map(inserted -> inserted.orElseThrow(() -> new Unavailable("the run is there already")));
    }

    private ActiveRun start(RunnerDocument runner, RunDocument run, Span span) {
        BooleanSupplier mayWrite = lease;
        StoredRecords records = new StoredRecords(new Fence(writes.runner(), runner), writes, mayWrite);
        ActiveRun started = new ActiveRun(run, records, tools, ended -> {
            span.end();
            over(ended);
        });
        active = started;
        started.start();
        return started;
    }

    private void over(RunDocument run) {
        active = null;
        if (run.isOver()) {
            tools.monitor().ended(run);
        }
    }

    private <T> Uni<T> guarded(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            beginning++;
            return work.onTermination().invoke(() -> beginning--);
        });
    }

    /** Begins nothing more. Completes when the process that runs has stopped; its run is left to another instance. */
    public Uni<Void> stop() {
        isStopped = true;
        if (dry != null) {
            dry.stop();
        }
        ActiveRun last = active;
        if (last == null) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> over = last.whenOver().replaceWithVoid();
        last.stop();
        return over;
    }

    /** The process did not stop in time. */
    public void giveUp() {
        if (active != null) {
            active.lose();
        }
    }
}
