package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** Spans of the writes that many operations share. Each is linked to its operations, and has no parent. */
public final class WriteSpans {

    private WriteSpans() {}

    /**
     * Starts one for a write to MongoDB, if any of its operations is in a trace.
     *
     * @param operation of the database
     * @param causes what the operations belong to that are in a trace
     */
    public static Span start(Spans spans, String operation, String collection, Stream<TraceContext> causes) {
        List<TraceContext> operations = causes.toList();
        if (operations.isEmpty()) {
            return Span.NONE;
        }
        return spans.start(Spans.Kind.CLIENT, operation + " " + collection, null, new LinkedHashSet<>(operations))
                .with(SpanAttributes.DATABASE_SYSTEM, SpanAttributes.MONGODB)
                .with(SpanAttributes.COLLECTION, collection)
                .with(SpanAttributes.DATABASE_OPERATION, operation)
                .with(SpanAttributes.OPERATIONS, operations.size());
    }
}
