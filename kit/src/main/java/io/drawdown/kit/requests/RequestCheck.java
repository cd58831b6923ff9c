package io.drawdown.kit.requests;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a route would not read: unknown parameters, parameters and headers given twice, numbers that are none,
 * and a body that is not declared as JSON. If a service ignored them, it would do something other than the client
 * meant.
 */
@Singleton
public final class RequestCheck {

    private static final String JSON_CHARSET = "utf-8";

    private final Map<Method, Declared> declared = new ConcurrentHashMap<>();

    /** @throws ProblemException that names what is wrong */
    @ServerRequestFilter
    public void check(ContainerRequestContext request, ResourceInfo resource) {
        Declared route = declared.computeIfAbsent(resource.getResourceMethod(), Declared::by);
        checkQuery(route, request.getUriInfo().getQueryParameters());
        route.path()
                .forEach((name, type) -> requireForm(
                        name, type, request.getUriInfo().getPathParameters().getFirst(name)));
        for (String header : route.headers()) {
            checkHeader(header, request.getHeaders().getOrDefault(header, List.of()));
        }
        boolean isRead =
                switch (route.body()) {
                    case NONE -> false;
                    case OPTIONAL -> isSent(request);
                    case NEEDED -> true;
                };
        if (isRead) {
            requireJson(request);
        }
    }

    private static boolean isSent(ContainerRequestContext request) {
        List<String> length = request.getHeaders().getOrDefault(HttpHeaders.CONTENT_LENGTH, List.of());
        return request.getHeaders().containsKey("Transfer-Encoding")
                || length.stream().anyMatch(bytes -> !bytes.strip().equals("0"));
    }

    private static void checkHeader(String header, List<String> values) {
        if (values.size() > 1) {
            throw invalid(header + " is given more than once");
        }
        // The framework would take it for absent.
        if (header.equalsIgnoreCase(IdempotencyKey.HEADER) && values.contains("")) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REQUIRED, header + " is empty");
        }
    }

    private static void checkQuery(Declared route, MultivaluedMap<String, String> query) {
        query.forEach((name, values) -> {
            Class<?> type = route.query().get(name);
            if (type == null) {
                throw invalid("there is no parameter " + shown(name)
                        + (route.query().isEmpty() ? "" : "; those of this address: " + route.namesOfQuery()));
            }
            if (values.size() > 1) {
                throw invalid(name + " is given more than once");
            }
            if (values.getFirst().isEmpty()) {
                throw invalid(name + " is empty"); // the framework may take it for absent
            }
            requireForm(name, type, values.getFirst());
        });
    }

    private static void requireForm(String name, Class<?> type, @Nullable String value) {
        if (value != null && !Declared.isOfForm(type, value)) {
            throw invalid(name + " is not a whole number within its range");
        }
    }

    private static void requireJson(ContainerRequestContext request) {
        List<String> given = request.getHeaders().getOrDefault(HttpHeaders.CONTENT_TYPE, List.of());
        @Nullable MediaType type = given.size() == 1 ? request.getMediaType() : null;
        boolean isJson = type != null
                && type.getType().equalsIgnoreCase("application")
                && type.getSubtype().equalsIgnoreCase("json")
                && type.getParameters()
                        .getOrDefault(MediaType.CHARSET_PARAMETER, JSON_CHARSET)
                        .equalsIgnoreCase(JSON_CHARSET);
        if (!isJson) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type is application/json, in UTF-8, once");
        }
    }

    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }
}
