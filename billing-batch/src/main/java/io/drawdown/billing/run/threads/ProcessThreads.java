package io.drawdown.billing.run.threads;

import io.drawdown.billing.batch.BatchProcess;
import io.drawdown.billing.batch.BatchResult;
import io.drawdown.billing.batch.RunLost;
import io.drawdown.billing.run.Ending;
import io.drawdown.billing.run.Figures;
import io.drawdown.billing.run.ProcessTable;
import io.drawdown.billing.run.engine.Processes;
import io.drawdown.billing.run.engine.Turn;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs each process on a virtual thread of its own. The core hears of it on its own thread, so a process that blocks holds up nobody.
 * One that was given up counts as stuck until its thread ends.
 */
public final class ProcessThreads implements Processes {

    private static final Logger LOG = Logger.getLogger(ProcessThreads.class);

    private final ProcessTable table;
    private final Time time;
    private final Scheduler core;
    private final Spans spans;
    private final Map<String, Integer> stuck = new HashMap<>();

    /** @param spans a span is started each time that a process runs, below that of the run */
    public ProcessThreads(ProcessTable table, Time time, Scheduler core, Spans spans) {
        this.table = table;
        this.time = time;
        this.core = core;
        this.spans = spans;
    }

    @Override
    public boolean isKnown(String process) {
        return table.find(process).isPresent();
    }

    @Override
    public boolean isStuck(String process) {
        return stuck.containsKey(process);
    }

    @Override
    public Execution start(String process, Turn turn, Consumer<Ending> ended) {
        BatchProcess found = table.find(process).orElseThrow(() -> new IllegalStateException("unknown: " + process));
        RunningProcess running = new RunningProcess(found, turn, ended);
        running.thread.start();
        return running;
    }

    /** One process at work. Its fields belong to the thread of the core. */
    private final class RunningProcess implements Execution {

        private final String name;
        private final ThreadContext context;
        private final Consumer<Ending> ended;
        private final @Nullable TraceContext cause;
        private final Thread thread;
        private boolean isOver;
        private boolean isAbandoned;

        RunningProcess(BatchProcess process, Turn turn, Consumer<Ending> ended) {
            this.name = process.name();
            this.context = new ThreadContext(turn, time, core);
            this.cause = turn.trace();
            this.ended = ended;
            this.thread = Thread.ofVirtual().name("batch " + name).unstarted(() -> run(process));
        }

        /** On the thread of the process. */
        private void run(BatchProcess process) {
            Span span = spans.isOn() ? span() : Span.NONE;
            Ending ending = new CurrentWork(span.contextOr(cause), null).call(() -> ending(process));
            if (ending.error() != null) {
                span.fail(ending.error());
            }
            span.end();
            core.execute(() -> over(ending));
        }

        private Span span() {
            return spans.start(Spans.Kind.INTERNAL, "run " + name, cause).with(SpanAttributes.PROCESS, name);
        }

        private Ending ending(BatchProcess process) {
            try {
                return endingOf(process.run(context));
            } catch (RunLost lost) {
                return Ending.partial(context.latestCursor(), null);
            } catch (Throwable thrown) { // whatever it throws is its result, and no other process's
                LOG.warnf(thrown, "Process failed: process=%s", name);
                return Ending.failed(Ending.EXCEPTION, thrown.getClass().getName(), context.latestCursor());
            }
        }

        private Ending endingOf(BatchResult result) {
            return switch (result) {
                case BatchResult.Completed completed -> Ending.completed();
                case BatchResult.Partial partial -> Ending.partial(context.latestCursor(), null);
                case BatchResult.Skipped(String reason) -> Ending.skipped(reason, context.latestCursor());
            };
        }

        private void over(Ending ending) {
            isOver = true;
            if (isAbandoned) {
                stuck.computeIfPresent(name, (process, count) -> count == 1 ? null : count - 1);
            } else {
                ended.accept(ending);
            }
        }

        @Override
        public Figures figures() {
            return context.figures();
        }

        @Override
        public @Nullable String cursor() {
            return context.latestCursor();
        }

        @Override
        public void stop() {
            context.stop();
        }

        @Override
        public void interrupt() {
            context.stop();
            thread.interrupt();
        }

        @Override
        public void abandon() {
            context.close();
            if (!isOver && !isAbandoned) {
                isAbandoned = true;
                stuck.merge(name, 1, Integer::sum);
                thread.interrupt();
            }
        }
    }
}
