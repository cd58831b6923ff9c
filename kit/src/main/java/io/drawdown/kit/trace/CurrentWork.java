package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is being worked on, for lines of the log, for exemplars, and for the chain that a caller begins in a core ({@link ChainTrace});
 * nothing else may depend on it. On the thread of a core, and of a
 * consumer, it is set for the time of one call and never outlives it: many operations share that thread, so what goes on later sets it
 * again from the context that it keeps. A request has it in its own context of Vert.x.
 *
 * @param trace the span of the work; null if it is in no trace
 * @param requestId of the request that asked for it; null where a later step, or no request, is at work
 */
public record CurrentWork(
        @Nullable TraceContext trace, @Nullable String requestId) {

    private static final CurrentWork NONE = new CurrentWork(null, null);
    private static final String KEY = CurrentWork.class.getName();
    private static final ThreadLocal<@Nullable CurrentWork> OF_THREAD = new ThreadLocal<>();

    /** What this thread works on, or else the request to which the current context of Vert.x belongs. Both are null if there is none. */
    public static CurrentWork get() {
        @Nullable CurrentWork work = OF_THREAD.get();
        return work == null ? ofRequest() : work;
    }

    private static CurrentWork ofRequest() {
        Context context = Vertx.currentContext();
        return isOfOneRequest(context) && context.getLocal(KEY) instanceof CurrentWork work ? work : NONE;
    }

    private static boolean isOfOneRequest(@Nullable Context context) {
        return context instanceof ContextInternal known && known.isDuplicate();
    }

    /** From now on the request of the current context is known by this id. */
    public static void identify(String requestId) {
        ofRequest(new CurrentWork(ofRequest().trace, requestId));
    }

    /** From now on the request of the current context is this span. */
    static void trace(TraceContext span) {
        ofRequest(new CurrentWork(span, ofRequest().requestId));
    }

    private static void ofRequest(CurrentWork work) {
        Context context = Vertx.currentContext();
        if (isOfOneRequest(context)) {
            context.putLocal(KEY, work);
        }
    }

    /** Does this as work of that trace; null: of none, as a batch is. */
    public static void within(@Nullable TraceContext trace, Runnable work) {
        new CurrentWork(trace, null).run(work);
    }

    public void run(Runnable work) {
        @Nullable CurrentWork outer = OF_THREAD.get();
        OF_THREAD.set(this);
        try {
            work.run();
        } finally {
            OF_THREAD.set(outer);
        }
    }

    public <T> T call(Supplier<T> work) {
        @Nullable CurrentWork outer = OF_THREAD.get();
        OF_THREAD.set(this);
        try {
            return work.get();
        } finally {
            OF_THREAD.set(outer);
        }
    }
}
