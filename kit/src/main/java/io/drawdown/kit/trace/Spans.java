package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port through which spans are started. A core gets it as it gets time and a publisher; in the simulator, and in a
 * service without an exporter, it is {@link #NONE}.
 */
public interface Spans {

    /** Starts no spans. */
    Spans NONE = (kind, name, parent, links) -> Span.NONE;

    /** What a span stands for between processes. */
    enum Kind {
        /** A request that was received. */
        SERVER,
        /** A request that was made, to a service or a database. */
        CLIENT,
        /** A record that was sent. */
        PRODUCER,
        /** A record that was received. */
        CONSUMER,
        /** Anything within a process. */
        INTERNAL
    }

    /**
     * @param name of a few: it holds no ids
     * @param parent what caused it; null: it begins a trace
     * @param links what else it is about. Many operations that share one write are linked, since a span has one parent
     */
    Span start(Kind kind, String name, @Nullable TraceContext parent, Collection<TraceContext> links);

    /** Begins a trace of its own if there is no parent. */
    default Span start(Kind kind, String name, @Nullable TraceContext parent) {
        return start(kind, name, parent, List.of());
    }

    /** For an event that was received from that topic. */
    default Span startProcess(String topic, TraceContext cause) {
        return isOn() ? messaging(Kind.CONSUMER, "process", topic, cause, List.of()) : Span.NONE;
    }

    /** For an event that goes out to that topic. */
    default Span startSend(String topic, @Nullable TraceContext cause, List<TraceContext> about) {
        return isOn() ? messaging(Kind.PRODUCER, "send", topic, cause, about) : Span.NONE;
    }

    private Span messaging(
            Kind kind, String operation, String topic, @Nullable TraceContext cause, List<TraceContext> about) {
        return start(kind, operation + " " + topic, cause, about)
                .with(SpanAttributes.MESSAGING_SYSTEM, SpanAttributes.KAFKA)
                .with(SpanAttributes.DESTINATION, topic)
                .with(SpanAttributes.MESSAGING_OPERATION, operation)
                .with(SpanAttributes.MESSAGING_OPERATION_TYPE, operation);
    }

    /** Whether spans are started; asked before anything is done for one. */
    default boolean isOn() {
        return this != NONE;
    }
}
