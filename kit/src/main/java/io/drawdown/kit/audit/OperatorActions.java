package io.drawdown.kit.audit;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.problem.RequestIds;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.KnownCaller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Logs each request by which an operator could change something, when it is answered, in the category {@value #CATEGORY}: who,
 * what, on what, and with which outcome. A refusal is logged too. Bodies, queries and headers are not, for they may hold secrets.
 * A route that knows its operators by something else than a token names them in the property {@value #ACTOR} of the request.
 */
@Singleton
public final class OperatorActions {

    /** The category of its lines, so that they can be sent elsewhere and kept for longer. */
    public static final String CATEGORY = "io.drawdown.audit";

    /** The property of a request that names who acts, where no token does. */
    public static final String ACTOR = "io.drawdown.audit.actor";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int LONGEST_PATH = 512;
    private static final String NONE = "-";

    /** Writes the line, if the caller is an operator. */
    @ServerResponseFilter
    public void log(
            ContainerRequestContext asked,
            ContainerResponseContext answer,
            ResourceInfo resource,
            RoutingContext request) {
        String method = request.request().method().name();
        if (!READING.contains(method)) {
            actor(asked, request).ifPresent(actor -> LOG.info(line(actor, method, answer, resource, request)));
        }
    }

    private static Optional<String> actor(ContainerRequestContext asked, RoutingContext request) {
        return asked.getProperty(ACTOR) instanceof String named
                ? Optional.of(named)
                : KnownCaller.of(request)
                        .filter(caller -> caller.roles().contains(Role.OPERATOR))
                        .map(Caller::subject);
    }

    private static String line(
            String operator,
            String method,
            ContainerResponseContext answer,
            ResourceInfo resource,
            RoutingContext request) {
        String path = request.normalizedPath();
        return "Operator action: operator=" + operator
                + " action=" + nameOf(resource.getResourceMethod())
                + " method=" + method
                + " path=" + path.substring(0, Math.min(path.length(), LONGEST_PATH))
                + " status=" + answer.getStatus()
                + " result=" + orNone(answer.getHeaderString(HttpHeaders.LOCATION))
                + " requestId=" + orNone(request.response().headers().get(RequestIds.HEADER))
                + " traceId=" + traceOf(request);
    }

    private static String nameOf(@Nullable Method route) {
        return route == null ? NONE : route.getName();
    }

    private static String orNone(@Nullable String text) {
        return text == null ? NONE : text;
    }

    private static String traceOf(RoutingContext request) {
        @Nullable TraceContext trace = RequestTrace.of(request.request());
        return trace == null ? NONE : trace.traceId();
    }
}
