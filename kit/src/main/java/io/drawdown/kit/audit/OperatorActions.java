package io.drawdown.kit.audit;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.problem.RequestIds;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.KnownCaller;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.trace.RequestTrace;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Logs each request by which an operator could change something, when it is answered, in the category {@value #CATEGORY}: who,
 * what, on what, and with which outcome. A refusal is logged too. Bodies, queries and headers are not, for they may hold secrets.
 */
@Singleton
public final class OperatorActions {

    /** The category of its lines, so that they can be sent elsewhere and kept for longer. */
    public static final String CATEGORY = "io.drawdown.audit";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int LONGEST_PATH = 512;
    private static final String NONE = "-";

    /** Writes the line, if the caller is an operator. */
    @ServerResponseFilter
    public void log(ContainerResponseContext answer, ResourceInfo resource, RoutingContext request) {
        String method = request.request().method().name();
        if (!READING.contains(method)) {
            KnownCaller.of(request)
                    .filter(caller -> caller.roles().contains(Role.OPERATOR))
                    .ifPresent(operator -> LOG.info(line(operator, method, answer, resource, request)));
        }
    }

    private static String line(
            Caller operator,
            String method,
            ContainerResponseContext answer,
            ResourceInfo resource,
            RoutingContext request) {
        String path = request.normalizedPath();
        return "Operator action: operator=" + operator.subject()
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
