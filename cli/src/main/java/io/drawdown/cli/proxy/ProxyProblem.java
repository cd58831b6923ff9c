package io.drawdown.cli.proxy;

import io.drawdown.contracts.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** What the proxy answers itself, in the words of the services; {@code Proxy-Status} (RFC 9209) tells it from theirs. */
enum ProxyProblem {
    NO_INSTANCE(ProblemType.UNAVAILABLE, "No instance is ready", "destination_unavailable"),
    ANSWER_LOST(
            ProblemType.OUTCOME_UNKNOWN,
            "The instance that had the request ended before it answered",
            "connection_terminated");

    private final ProblemType type;
    private final String detail;
    private final String error;

    ProxyProblem(ProblemType type, String detail, String error) {
        this.type = type;
        this.detail = detail;
        this.error = error;
    }

    void end(HttpServerRequest request) {
        String id = "req_" + UUID.randomUUID();
        JsonObject body = new JsonObject()
                .put("type", type.urn())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail)
                .put("instance", id);
        request.response()
                .setStatusCode(type.status())
                .putHeader("content-type", "application/problem+json")
                .putHeader("retry-after", "1")
                .putHeader("proxy-status", "drawdown; error=" + error)
                .putHeader("x-request-id", id)
                .end(body.toBuffer());
        request.resume();
    }
}
