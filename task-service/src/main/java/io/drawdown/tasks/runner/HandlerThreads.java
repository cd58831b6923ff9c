package io.drawdown.tasks.runner;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.SpanAttributes;
import io.drawdown.kit.trace.Spans;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.run.Handlers;
import io.drawdown.tasks.run.Outcome;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Runs each handler on a virtual thread of its own. The core hears of it on its own thread, so a handler that blocks holds up
 * nobody. A handler that was abandoned counts until its thread ends.
 */
public final class HandlerThreads implements Handlers {

    /** The longest result, in bytes of JSON. */
    public static final int LONGEST_RESULT = 256 * 1024;

    private static final Logger LOG = Logger.getLogger(HandlerThreads.class);

    private final HandlerTable table;
    private final TaskTypes types;
    private final Time time;
    private final Scheduler core;
    private final Spans spans;
    private final Map<String, Integer> abandoned = new HashMap<>();

    /** @param spans a span is started for each run, below that of the request that sent the task */
    public HandlerThreads(HandlerTable table, TaskTypes types, Time time, Scheduler core, Spans spans) {
        this.table = table;
        this.types = types;
        this.time = time;
        this.core = core;
        this.spans = spans;
    }

    @Override
    public Running start(TaskDocument task, Listener listener) {
        String type = task.spec().type();
        HandlerTable.Entry<?, ?> entry =
                table.find(type).orElseThrow(() -> new IllegalStateException("no handler of " + type));
        HandlerRun run = new HandlerRun(task, listener, entry);
        run.thread.start();
        return run;
    }

    @Override
    public int abandoned(String type) {
        return abandoned.getOrDefault(type, 0);
    }

    private Instant deadlineOf(TaskDocument task) {
        Duration timeout =
                types.policyOf(task.spec().type()).with(task.spec().terms()).timeout();
        Instant since = task.state() instanceof Processing run ? run.since() : time.now();
        return since.plus(timeout);
    }

    /** One handler at work. Its fields belong to the thread of the core. */
    private final class HandlerRun implements Running {

        private final String type;
        private final String payload;
        private final @Nullable TraceContext trace;
        private final Listener listener;
        private final Reports reports;
        private final RunContext context;
        private final Thread thread;
        private boolean isOver;
        private boolean isAbandoned;

        HandlerRun(TaskDocument task, Listener listener, HandlerTable.Entry<?, ?> entry) {
            this.type = task.spec().type();
            this.payload = task.spec().payload();
            this.trace = task.spec().sender().trace();
            this.listener = listener;
            this.reports = new Reports(core, listener);
            this.context = new RunContext(task, deadlineOf(task), time, reports, new Steps(core, listener, task));
            this.thread = Thread.ofVirtual().name(task.id()).unstarted(() -> handle(entry));
        }

        /** On the handler's thread. */
        private void handle(HandlerTable.Entry<?, ?> entry) {
            Span span = spans.isOn() ? span() : Span.NONE;
            CurrentWork work = new CurrentWork(span.contextOr(trace), null);
            Outcome outcome = work.call(() -> outcome(entry));
            if (!(outcome instanceof Outcome.Completed)) {
                span.fail(outcome.getClass().getSimpleName());
            }
            span.end();
            core.execute(() -> over(outcome));
        }

        private Span span() {
            return spans.start(Spans.Kind.CONSUMER, "run " + type, trace).with(SpanAttributes.TASK_TYPE, type);
        }

        /** Its thread may have waited for its turn until the handler was told to stop. */
        private Outcome outcome(HandlerTable.Entry<?, ?> entry) {
            if (context.isCancelled()) {
                return new Outcome.Stopped();
            }
            try {
                return new Outcome.Completed(result(entry));
            } catch (Throwable thrown) {
                if (context.isCancelled()) {
                    return new Outcome.Stopped();
                }
                LOG.debugf(thrown, "Handler failed: taskId=%s type=%s", context.taskId(), type);
                return Failures.of(thrown);
            }
        }

        private <P, R> String result(HandlerTable.Entry<P, R> entry) throws Exception {
            String json = Json.text(entry.handler().handle(payload(entry), context));
            if (json.getBytes(UTF_8).length > LONGEST_RESULT) {
                throw new PermanentFailure("the result is longer than " + LONGEST_RESULT + " bytes");
            }
            return json;
        }

        /** It could be read when the task was sent, perhaps by another version of the handler. */
        private <P, R> P payload(HandlerTable.Entry<P, R> entry) {
            try {
                return entry.read(payload);
            } catch (UnreadableException e) {
                throw new PermanentFailure("the handler cannot read the payload: " + e.getMessage(), e);
            }
        }

        private void over(Outcome outcome) {
            isOver = true;
            if (isAbandoned) {
                abandoned.merge(type, -1, Integer::sum);
            } else {
                reports.deliverPending();
                listener.ended(outcome);
            }
        }

        @Override
        public void cancel() {
            context.cancel();
        }

        @Override
        public void abandon() {
            if (!isOver) {
                isAbandoned = true;
                abandoned.merge(type, 1, Integer::sum);
                thread.interrupt();
            }
        }
    }
}
