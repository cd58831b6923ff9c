package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The trace context that a request states in its headers. */
public final class RequestTrace {

    private RequestTrace() {}

    /** Null if it states none, or an invalid one. */
    public static @Nullable TraceContext of(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return TraceContext.of(headers.getAll(TraceContext.TRACEPARENT), headers.getAll(TraceContext.TRACESTATE));
    }
}
