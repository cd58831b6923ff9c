package io.drawdown.kit.problem;

import io.drawdown.contracts.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a problem: when to come again (RFC 9110), how to authenticate (RFC 6750), which methods are allowed.
 */
@Singleton
final class ProblemHeaders {

    private static final String BEARER = "Bearer";

    private final AllowedMethods routes;

    ProblemHeaders(AllowedMethods routes) {
        this.routes = routes;
    }

    Map<String, String> of(ProblemType type, RoutingContext request) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (type.isRetryable()) {
            headers.put(HttpHeaders.RETRY_AFTER.toString(), Problem.RETRY_AFTER_SECONDS);
        }
        if (type == ProblemType.UNAUTHENTICATED) {
            headers.put("WWW-Authenticate", challenge(request));
        }
        if (type == ProblemType.METHOD_NOT_ALLOWED) {
            headers.put(HttpHeaders.ALLOW.toString(), routes.methodsAt(request.normalizedPath()));
        }
        return headers;
    }

    /** Names an error only if the client sent a token. */
    private static String challenge(RoutingContext request) {
        @Nullable String sent = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean hasToken = sent != null && sent.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return BEARER + " realm=\"drawdown\"" + (hasToken ? ", error=\"invalid_token\"" : "");
    }
}
