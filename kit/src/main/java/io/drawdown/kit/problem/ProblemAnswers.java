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

    /** Headers that were set on the answer before stay as they are. */
    public void end(RoutingContext request, ProblemType type, String detail) {
        request.response().setStatusCode(type.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.of(type, request).forEach((name, value) -> {
            if (!request.response().headers().contains(name)) {
                request.response().putHeader(name, value);
            }
        });
        request.response().end(Buffer.buffer(Problem.body(type, detail, Map.of(), RequestIds.of(request))));
    }
}
