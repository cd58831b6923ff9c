package io.drawdown.embedded.stripe;

import io.drawdown.embedded.stripe.api.Answer;
import io.drawdown.embedded.stripe.api.ApiRequest;
import io.drawdown.embedded.stripe.api.FormDecoder;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.oracle.FaultyApi;
import io.drawdown.embedded.stripe.oracle.OracleRoutes;
import io.drawdown.embedded.stripe.oracle.Reaction;
import io.drawdown.embedded.stripe.oracle.Settings;
import io.drawdown.embedded.stripe.resource.Events;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests from HTTP, has them handled by the thread of the store, and does what the reaction says. */
final class StripeHttp {

    private static final String ORACLE = "/_oracle/";
    private static final int LONGEST_BODY = 1 << 20;

    private final Vertx vertx;
    private final CommitLoop loop;
    private final FaultyApi api;
    private final OracleRoutes oracle;
    private final Settings settings;
    private final Runnable afterCommit;

    /** @param afterCommit runs in the thread of the store after each request */
    StripeHttp(
            Vertx vertx, CommitLoop loop, FaultyApi api, OracleRoutes oracle, Settings settings, Runnable afterCommit) {
        this.vertx = vertx;
        this.loop = loop;
        this.api = api;
        this.oracle = oracle;
        this.settings = settings;
        this.afterCommit = afterCommit;
    }

    void handle(HttpServerRequest http) {
        String length = http.getHeader("Content-Length");
        if (length != null && (length.length() > 9 || Integer.parseInt(length) > LONGEST_BODY)) {
            write(
                    http,
                    StripeError.refused(413, "invalid_request_error", "The body is too long.")
                            .answer(),
                    "");
            return;
        }
        var unused = http.body().onSuccess(body -> {
            if (http.path().startsWith(ORACLE)) {
                askOracle(http, body);
            } else {
                callApi(http, body);
            }
        });
    }

    private void callApi(HttpServerRequest http, Buffer body) {
        String requestId = Ids.next("req");
        try {
            Caller caller = Caller.of(http);
            JsonObject params = FormDecoder.decode(http.method().name().equals("POST") ? body.toString() : query(http));
            loop.submit(() -> {
                ApiRequest request = new ApiRequest(
                        http.method().name(),
                        http.path(),
                        params,
                        requestId,
                        Optional.ofNullable(http.getHeader("Stripe-Account")).orElseGet(settings::account),
                        http.getHeader("Idempotency-Key"),
                        base(http),
                        caller.kind());
                return react(http, requestId, api.handle(request));
            });
        } catch (StripeError refused) {
            write(http, refused.answer(), requestId);
        }
    }

    /** @return what is done after the commit */
    private Runnable react(HttpServerRequest http, String requestId, Reaction reaction) {
        long pause = settings.answerDelayMillis();
        return () -> {
            switch (reaction) {
                case Reaction.Reply(Answer answer, long delay) ->
                    after(pause + delay, () -> write(http, answer, requestId));
                case Reaction.Close() -> {
                    var unused = http.connection().close();
                }
                case Reaction.Hang() -> {}
                case Reaction.Later(long delay, var then) ->
                    after(delay, () -> loop.submit(() -> react(http, requestId, then.get())));
            }
            afterCommit.run();
        };
    }

    private void after(long millis, Runnable action) {
        if (millis <= 0) {
            action.run();
        } else {
            vertx.setTimer(millis, timer -> action.run());
        }
    }

    private void askOracle(HttpServerRequest http, Buffer body) {
        try {
            String text = body.toString();
            OracleRoutes.Ask ask = new OracleRoutes.Ask(
                    http.method().name(),
                    List.of(http.path().substring(ORACLE.length()).split("/", -1)),
                    FormDecoder.decode(query(http)),
                    text.isBlank() ? new JsonObject() : new JsonObject(text),
                    base(http));
            loop.submit(() -> {
                Answer answer = oracle.handle(ask);
                return () -> {
                    write(http, answer, "");
                    afterCommit.run();
                };
            });
        } catch (DecodeException | StripeError e) {
            write(http, Answer.json(400, new JsonObject().put("error", e.getMessage())), "");
        }
    }

    private static String query(HttpServerRequest http) {
        return Optional.ofNullable(http.query()).orElse("");
    }

    private static String base(HttpServerRequest http) {
        return "http://"
                + Optional.ofNullable(http.authority()).map(Object::toString).orElse("127.0.0.1");
    }

    private static void write(HttpServerRequest http, Answer answer, String requestId) {
        HttpServerResponse response = http.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.type());
        if (!requestId.isEmpty()) {
            response.putHeader("Request-Id", requestId)
                    .putHeader("Stripe-Version", header(http, "Stripe-Version", Events.API_VERSION));
            echo(http, response, "Idempotency-Key");
        }
        answer.headers().forEach(response::putHeader);
        var unused = response.end(answer.body());
    }

    private static void echo(HttpServerRequest http, HttpServerResponse response, String name) {
        @Nullable String value = http.getHeader(name);
        if (value != null) {
            response.putHeader(name, value);
        }
    }

    private static String header(HttpServerRequest http, String name, String absent) {
        return Optional.ofNullable(http.getHeader(name)).orElse(absent);
    }
}
