package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spans of OpenTelemetry. It knows no current span: who causes what is always told. */
final class OpenTelemetrySpans implements Spans {

    private static final W3CTraceContextPropagator HEADERS = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    OpenTelemetrySpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Span start(Kind kind, String name, @Nullable TraceContext parent, Collection<TraceContext> links) {
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kindOf(kind));
        builder.setParent(parent == null ? Context.root() : read(parent));
        for (TraceContext link : links) {
            builder.addLink(
                    io.opentelemetry.api.trace.Span.fromContext(read(link)).getSpanContext());
        }
        return new Started(builder.startSpan());
    }

    private static SpanKind kindOf(Kind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.SERVER;
            case CLIENT -> SpanKind.CLIENT;
            case PRODUCER -> SpanKind.PRODUCER;
            case CONSUMER -> SpanKind.CONSUMER;
            case INTERNAL -> SpanKind.INTERNAL;
        };
    }

    private static Context read(TraceContext context) {
        return HEADERS.extract(Context.root(), context, Fields.OF_A_CONTEXT);
    }

    private enum Fields implements TextMapGetter<TraceContext> {
        OF_A_CONTEXT;

        @Override
        public Iterable<String> keys(TraceContext carrier) {
            return List.of(TraceContext.TRACEPARENT, TraceContext.TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return key.equals(TraceContext.TRACEPARENT) ? carrier.traceparent() : carrier.tracestate();
        }
    }

    private record Started(io.opentelemetry.api.trace.Span span) implements Span {

        @Override
        public Span with(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public Span with(String attribute, long value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public @Nullable TraceContext contextOr(@Nullable TraceContext otherwise) {
            Map<String, String> written = new HashMap<>();
            HEADERS.inject(Context.root().with(span), written, (carrier, key, value) -> written.put(key, value));
            String traceparent = written.get(TraceContext.TRACEPARENT);
            return traceparent == null
                    ? otherwise
                    : new TraceContext(traceparent, written.get(TraceContext.TRACESTATE));
        }

        @Override
        public void fail(String errorType) {
            span.setAttribute(SpanAttributes.ERROR_TYPE, errorType);
            span.setStatus(StatusCode.ERROR);
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
