package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Starts a span for each request that has a route, until it is answered, and makes it the current work. What
 * the request causes belongs to this span: {@link RequestTrace} tells it.
 */
@Singleton
public final class RequestSpans {

    private static final int BEFORE_OTHERS = 1;
    private static final int SERVER_ERROR = 500;

    private final Provider<Spans> provider;
    private final RoutingContext routing;
    private final Map<Method, String> routes = new ConcurrentHashMap<>();

    private volatile @Nullable Spans known;

    /** @param spans there are none yet while a service is built */
    RequestSpans(Provider<Spans> spans, RoutingContext routing) {
        this.provider = spans;
        this.routing = routing;
    }

    @ServerRequestFilter(priority = BEFORE_OTHERS)
    public void begin(ContainerRequestContext request, ResourceInfo resource) {
        Spans spans = spans();
        if (spans.isOn()) {
            String route = routes.computeIfAbsent(resource.getResourceMethod(), RequestSpans::routeOf);
            begin(spans, request.getMethod(), route);
        }
    }

    private Spans spans() {
        Spans spans = known;
        if (spans == null) {
            spans = provider.get();
            known = spans;
        }
        return spans;
    }

    private void begin(Spans spans, String method, String route) {
        TraceContext caller = RequestTrace.of(routing.request());
        Span span = spans.start(Spans.Kind.SERVER, method + " " + route, caller)
                .with(SpanAttributes.METHOD, method)
                .with(SpanAttributes.ROUTE, route);
        TraceContext own = span.contextOr(caller);
        if (own != null) {
            RequestTrace.replace(routing.request(), own);
            CurrentWork.trace(own);
        }
        HttpServerResponse response = routing.response();
        routing.addEndHandler(answered -> end(span, response.getStatusCode(), answered.succeeded()));
    }

    private static void end(Span span, int status, boolean isAnswered) {
        span.with(SpanAttributes.STATUS, status);
        if (!isAnswered) {
            span.fail("closed");
        } else if (status >= SERVER_ERROR) {
            span.fail(Integer.toString(status));
        }
        span.end();
    }

    /** The address of the route, with its parameters by name. */
    private static String routeOf(Method method) {
        String own = pathOf(method.getAnnotation(Path.class));
        return pathOf(method.getDeclaringClass().getAnnotation(Path.class)) + own;
    }

    private static String pathOf(@Nullable Path path) {
        if (path == null || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
