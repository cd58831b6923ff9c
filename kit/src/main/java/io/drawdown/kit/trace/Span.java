package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** A piece of work in a trace, from its start to its end. It may be used on any thread. */
public interface Span {

    /** Where no spans are started. It does nothing, and needs no memory. */
    Span NONE = new Span() {

        @Override
        public Span with(String attribute, String value) {
            return this;
        }

        @Override
        public Span with(String attribute, long value) {
            return this;
        }

        @Override
        public @Nullable TraceContext contextOr(@Nullable TraceContext otherwise) {
            return otherwise;
        }

        @Override
        public void fail(String errorType) {}

        @Override
        public void end() {}

        @Override
        public <T> Uni<T> around(Uni<T> work) {
            return work;
        }
    };

    /** Adds an attribute. Its values are few, and it names no person, account or secret. */
    Span with(String attribute, String value);

    /** As {@link #with(String, String)}. */
    Span with(String attribute, long value);

    /** What goes with all that this work causes; {@code otherwise} where no spans are started. */
    @Nullable
    TraceContext contextOr(@Nullable TraceContext otherwise);

    /** It failed. Call {@link #end} too. */
    void fail(String errorType);

    /** It is over; what is told afterwards counts no more. */
    void end();

    /** The work, which is over when it has an item or a fault, or is cancelled. */
    default <T> Uni<T> around(Uni<T> work) {
        return work.onTermination().invoke((item, fault, isCancelled) -> {
            if (fault != null) {
                fail(fault.getClass().getSimpleName());
            }
            end();
        });
    }
}
