package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The trace context of a request: that of its span, or else what its caller stated. What the request causes belongs to it. */
public final class RequestTrace {

    private RequestTrace() {}

    /** Null if its headers state none, or an invalid one. */
    public static @Nullable TraceContext of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return TraceContext.of(headers.getAll(TraceContext.TRACEPARENT), headers.getAll(TraceContext.TRACESTATE));
    }

    /** From now on the headers of the request, as this service reads them, state its span and not its caller's. */
    static void replace(HttpServerRequest request, TraceContext own) {
        request.headers().set(TraceContext.TRACEPARENT, own.traceparent());
        request.headers().remove(TraceContext.TRACESTATE);
        if (own.tracestate() != null) {
            request.headers().set(TraceContext.TRACESTATE, own.tracestate());
        }
    }
}
