package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The span to which a chain of Mutiny belongs: whoever subscribes to the chain says it, and a port at its end asks for it, so that the
 * steps between do not hand it on. It is in the context of the subscription, not on a thread, so chains that share a thread do not see
 * each other's. Work that subscribes to a chain of its own says it again.
 */
public final class ChainTrace {

    private static final String KEY = ChainTrace.class.getName();

    private ChainTrace() {}

    /** For a subscriber. */
    public static Context context(@Nullable TraceContext trace) {
        return trace == null ? Context.empty() : Context.of(KEY, trace);
    }

    /** Whatever this work subscribes to belongs to that span; null: to what it belongs to already. */
    public static <T> Uni<T> within(@Nullable TraceContext trace, Uni<T> work) {
        if (trace == null) {
            return work;
        }
        return Uni.createFrom().emitter(emitter -> {
            Cancellable begun = work.subscribe().with(context(trace), emitter::complete, emitter::fail);
            emitter.onTermination(begun::cancel);
        });
    }

    /** Makes work that wants to know to what it belongs. */
    public static <T> Uni<T> ask(Function<@Nullable TraceContext, Uni<T>> work) {
        return Uni.createFrom().context(context -> work.apply(context.getOrElse(KEY, () -> null)));
    }

    /** The work, with a span of its own within the process, below the one to which it belongs. */
    public static <T> Uni<T> step(Spans spans, String name, Uni<T> work) {
        return step(spans, name, List.of(), work);
    }

    /**
     * As above.
     *
     * @param links what else it is about
     */
    public static <T> Uni<T> step(Spans spans, String name, Collection<TraceContext> links, Uni<T> work) {
        return spans.isOn()
                ? ask(parent -> {
                    Span span = spans.start(Spans.Kind.INTERNAL, name, parent, links);
                    return span.around(within(span.contextOr(parent), work));
                })
                : work;
    }

    /** As above, for a call of another process. */
    public static <T> Uni<T> call(Spans spans, Function<@Nullable TraceContext, Span> start, Uni<T> work) {
        return spans.isOn() ? ask(parent -> start.apply(parent).around(work)) : work;
    }
}
