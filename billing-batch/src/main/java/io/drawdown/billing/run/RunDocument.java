package io.drawdown.billing.run;

import io.drawdown.billing.run.RunState.Ended;
import io.drawdown.billing.run.RunState.Running;
import io.drawdown.contracts.BatchRunEvent;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.store.GuardedDocument;
import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One run as stored: replaced as a whole, guarded by {@code revision.rev}. Each rule gives the next document, and null to whoever
 * has a smaller fence than the document: its run was taken over.
 *
 * @param runner who has it
 * @param processes in the order of their turns
 * @param pending the time of its end, until the event of it is published; else absent
 */
@MongoEntity(collection = "runs")
public record RunDocument(
        @BsonId String id,
        Revision revision,
        RunOrder order,
        Runner runner,
        Instant startedAt,
        RunState state,
        List<ProcessRun> processes,
        @Nullable Instant pending)
        implements GuardedDocument {

    private static final int SCHEMA = 1;

    /**
     * Who has the run.
     *
     * @param owner an incarnation
     * @param takeovers how often it was taken over
     * @param isLate whether the run takes longer than runs should
     * @param trace the span of the run there; absent if none was started
     */
    public record Runner(
            String owner,
            long fence,
            int takeovers,
            boolean isLate,
            @Nullable TraceContext trace) {}

    /** A new one. */
    public static RunDocument begin(RunnerDocument.Current current, long fence, List<ProcessRun> processes) {
        return new RunDocument(
                current.runId(),
                Revision.none(SCHEMA),
                current.order(),
                new Runner(current.owner(), fence, current.takeovers(), false, null),
                current.startedAt(),
                new Running(),
                List.copyOf(processes),
                null);
    }

    /** With the span of the run at its runner. */
    public RunDocument within(@Nullable TraceContext span) {
        return with(new Runner(runner.owner(), runner.fence(), runner.takeovers(), runner.isLate(), span), processes);
    }

    @Override
    public long rev() {
        return revision.rev();
    }

    @Override
    public String writeId() {
        return revision.writeId();
    }

    public boolean isOver() {
        return state instanceof Ended;
    }

    /** The time by which its processes decide. */
    public Instant asOf() {
        return order.asOf() == null ? startedAt : order.asOf();
    }

    /** The first whose turn it is. */
    public Optional<ProcessRun> nextOpen() {
        return processes.stream().filter(ProcessRun::isOpen).findFirst();
    }

    /** How many have not come to their end. */
    public int open() {
        return Math.toIntExact(processes.stream().filter(ProcessRun::isOpen).count());
    }

    public Optional<ProcessRun> process(String name) {
        return processes.stream().filter(run -> run.process().equals(name)).findFirst();
    }

    /** Another runner goes on with it. What was running when the former one died has crashed once more. */
    public @Nullable RunDocument takenOver(String owner, long fence, int takeovers) {
        if (isOver() || fence <= runner.fence()) {
            return null;
        }
        List<ProcessRun> next = processes.stream().map(RunDocument::goneOn).toList();
        return with(new Runner(owner, fence, takeovers, runner.isLate(), null), next);
    }

    private static ProcessRun goneOn(ProcessRun run) {
        return switch (run.state()) {
            case ProcessState.Running(Instant since, int crashes) ->
                run.in(new ProcessState.Running(since, crashes + 1));
            case ProcessState.Left(Instant since, int crashes) -> run.in(new ProcessState.Running(since, crashes));
            case ProcessState.Waiting _, ProcessState.Over _ -> run;
        };
    }

    /** The turn of this process has come; if it ran already, before a takeover, it goes on. */
    public @Nullable RunDocument started(long fence, String process, @Nullable String cursor, Instant now) {
        return change(
                fence,
                process,
                run -> run.state() instanceof ProcessState.Waiting
                        ? run.in(new ProcessState.Running(now, 0)).at(cursor, run.figures())
                        : run.at(cursor, run.figures()));
    }

    /** The instance of this process stops before the process is over. */
    public @Nullable RunDocument left(long fence, String process, Figures figures) {
        return change(
                fence,
                process,
                run -> run.state() instanceof ProcessState.Running(Instant since, int crashes)
                        ? run.in(new ProcessState.Left(since, crashes)).at(run.cursor(), figures)
                        : run);
    }

    /** What this process says of itself. */
    public @Nullable RunDocument progressed(long fence, String process, @Nullable String cursor, Figures figures) {
        return change(fence, process, run -> run.at(cursor, figures));
    }

    /** This process is over. */
    public @Nullable RunDocument ended(
            long fence, String process, Ending ending, Figures figures, long durationMillis) {
        return change(fence, process, run -> run.at(ending.cursor(), figures)
                .in(new ProcessState.Over(ending, durationMillis)));
    }

    /** It takes longer than runs should. */
    public @Nullable RunDocument late(long fence) {
        boolean changes = !isOver() && runner.fence() == fence && !runner.isLate();
        return changes
                ? with(new Runner(runner.owner(), fence, runner.takeovers(), true, runner.trace()), processes)
                : null;
    }

    /** All its processes are over. */
    public @Nullable RunDocument end(long fence, Instant now, long durationMillis) {
        if (isOver() || runner.fence() != fence) {
            return null;
        }
        boolean isSuccess = processes.stream()
                .noneMatch(run -> run.state() instanceof ProcessState.Over(Ending ending, long millis)
                        && ending.state() == BatchRunEvent.State.FAILED);
        RunState ended = new Ended(now, durationMillis, isSuccess);
        return new RunDocument(id, revision, order, runner, startedAt, ended, processes, now);
    }

    /** As it is written to the store. */
    public RunDocument written(String writeId) {
        return new RunDocument(id, revision.next(writeId), order, runner, startedAt, state, processes, pending);
    }

    private @Nullable RunDocument change(long fence, String process, UnaryOperator<ProcessRun> rule) {
        if (isOver() || runner.fence() != fence) {
            return null;
        }
        List<ProcessRun> next = processes.stream()
                .map(run -> run.process().equals(process) && run.isOpen() ? rule.apply(run) : run)
                .toList();
        return next.equals(processes) ? null : with(runner, next);
    }

    private RunDocument with(Runner nextRunner, List<ProcessRun> next) {
        return new RunDocument(id, revision, order, nextRunner, startedAt, state, next, pending);
    }
}
