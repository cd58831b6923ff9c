package io.drawdown.kit.problem;

import io.drawdown.contracts.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;

/** Ends requests with problems before they reach a resource. */
@Singleton
public final class ProblemAnswers {

    private final ProblemHeaders headers;

    ProblemAnswers(ProblemHeaders headers) {
        this.headers = headers;
    }

    public void end(RoutingContext request, ProblemType type) {
        end(request, type, type.title());
    }

    public void end(RoutingContext request, ProblemType type, String detail) {
        end(request, type, detail, Map.of());
    }

    /**
     * Keeps the headers that were set on the answer before.
     *
     * @param extensions further members of the problem, in snake_case
     */
    public void end(RoutingContext request, ProblemType type, String detail, Map<String, Object> extensions) {
        request.response().setStatusCode(type.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.of(type, request).forEach((name, value) -> {
            if (!request.response().headers().contains(name)) {
                request.response().putHeader(name, value);
            }
        });
        request.response().end(Buffer.buffer(Problem.body(type, detail, extensions, RequestIds.of(request))));
    }
}
