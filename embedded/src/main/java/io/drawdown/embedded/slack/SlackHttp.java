package io.drawdown.embedded.slack;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests from HTTP, lets faults meet them, and answers. */
final class SlackHttp {

    private static final String API = "/api/";
    private static final String WEBHOOKS = "/services/";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ORACLE = "/_oracle/";

    private final WebApi api;
    private final SlackFaults faults;
    private final SlackOracle oracle;

    SlackHttp(WebApi api, SlackFaults faults, SlackOracle oracle) {
        this.api = api;
        this.faults = faults;
        this.oracle = oracle;
    }

    void handle(HttpServerRequest http) {
        String type = http.getHeader("Content-Type");
        http.setExpectMultipart(type != null && type.startsWith(FORM));
        var unused = http.body().onSuccess(body -> {
            if (http.path().startsWith(ORACLE)) {
                askOracle(http, body);
            } else if (http.path().startsWith(API) || http.path().startsWith(WEBHOOKS)) {
                react(http, body, faults.next(http.path()));
            } else {
                end(http, 404, "text/plain", "not found");
            }
        });
    }

    private void react(HttpServerRequest http, Buffer body, Optional<SlackFault> fault) {
        if (fault.isEmpty()) {
            answer(http, body);
            return;
        }
        switch (fault.get().kind()) {
            case RATE_LIMIT -> {
                http.response().putHeader("Retry-After", fault.get().detail());
                end(http, 429, "application/json", WebApi.no("ratelimited").encode());
            }
            case ERROR -> refuse(http, fault.get().detail());
            case NO_ANSWER_BEFORE -> close(http);
            case NO_ANSWER_AFTER -> {
                var unused = execute(http, body);
                close(http);
            }
            case SILENCE_AFTER -> {
                var unused = execute(http, body);
            }
            case ERROR_500 -> end(http, 500, "text/html", "<html>Oh no</html>");
            case ERROR_500_AFTER -> {
                var unused = execute(http, body);
                end(http, 500, "text/html", "<html>Oh no</html>");
            }
        }
    }

    private static void close(HttpServerRequest http) {
        var unused = http.connection().close();
    }

    private static void refuse(HttpServerRequest http, String error) {
        if (http.path().startsWith(API)) {
            end(http, 200, "application/json", WebApi.no(error).encode());
        } else {
            end(http, 403, "text/plain", error);
        }
    }

    private void answer(HttpServerRequest http, Buffer body) {
        if (http.path().startsWith(API)) {
            end(http, 200, "application/json", execute(http, body));
            return;
        }
        String error = execute(http, body);
        end(http, error.equals("ok") ? 200 : 400, "text/plain", error);
    }

    /** Does it, and gives the text of the answer. */
    private String execute(HttpServerRequest http, Buffer body) {
        if (http.path().startsWith(API)) {
            String method = http.path().substring(API.length());
            return api.call(method, http.getHeader("Authorization"), http.formAttributes())
                    .encode();
        }
        @Nullable String error = api.webhook(http.path(), body.toString());
        return error == null ? "ok" : error;
    }

    private void askOracle(HttpServerRequest http, Buffer body) {
        try {
            String text = body.toString();
            JsonObject asked = text.isBlank() ? new JsonObject() : new JsonObject(text);
            String what = http.path().substring(ORACLE.length());
            JsonObject answer = oracle.ask(http.method().name(), what, http.getParam("key"), asked);
            end(http, 200, "application/json", answer.encode());
        } catch (DecodeException | IllegalArgumentException | NullPointerException | ClassCastException e) {
            end(http, 400, "text/plain", String.valueOf(e.getMessage()));
        }
    }

    private static void end(HttpServerRequest http, int status, String type, String body) {
        HttpServerResponse response = http.response();
        if (!response.closed() && !response.ended()) {
            var unused = response.setStatusCode(status)
                    .putHeader("Content-Type", type)
                    .end(body);
        }
    }
}
