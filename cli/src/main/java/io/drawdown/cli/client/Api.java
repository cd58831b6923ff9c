package io.drawdown.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.ServerClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one service, JSON over HTTP, for one caller. Each request carries a deadline. Blocking; safe for use by
 * several threads.
 */
public final class Api {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PAGE = 100;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ServerClock clock = new ServerClock();
    private final URI base;
    private final String token;
    private final Consumer<HttpResponse<String>> witness;

    /** @param base e.g. {@code http://localhost:8101/api/v1/} */
    public Api(URI base, String token) {
        this(base, token, answer -> {});
    }

    /** @param witness gets every answer before the caller does */
    public Api(URI base, String token, Consumer<HttpResponse<String>> witness) {
        this.base = base;
        this.token = token;
        this.witness = witness;
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    /** Every item of a paged list, in the order of its pages; the path may have parameters. */
    public List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        String limited = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        String cursor = "";
        do {
            JsonNode page = get(limited + cursor).expect(200);
            page.path("items").forEach(items::add);
            cursor = page.hasNonNull("next_cursor")
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** A put may be sent twice: once more if its connection is closed without an answer, as that of a service that stood still. */
    public Reply put(String path, String body) {
        try {
            return send(json(request(path)).PUT(BodyPublishers.ofString(body)));
        } catch (UncheckedIOException _) {
            return send(json(request(path)).PUT(BodyPublishers.ofString(body)));
        }
    }

    public Reply post(String path, @Nullable String idempotencyKey, String body) {
        HttpRequest.Builder request = json(request(path)).POST(BodyPublishers.ofString(body));
        return send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    /** As {@link #post}, with these headers. */
    public Reply postWith(Map<String, String> headers, String path, String body) {
        HttpRequest.Builder request = json(request(path)).POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
        clock.deadline(PATIENCE)
                .ifPresent(deadline -> request.header(ServerClock.REQUEST_DEADLINE, deadline.toString()));
        return request;
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            response.headers().firstValue(ServerClock.SERVER_TIME).ifPresent(clock::learn);
            witness.accept(response);
            return new Reply(response.statusCode(), parse(response.body()), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(base + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + base, e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    /**
     * The response of a service.
     *
     * @param body missing where the body was empty, a text node where it was not JSON
     */
    public record Reply(int status, JsonNode body, HttpHeaders headers) {

        /** Returns the body of a success; fails with the problem of the service otherwise. */
        public JsonNode expect(int... expected) {
            for (int each : expected) {
                if (each == status) {
                    return body;
                }
            }
            throw new RefusedException(status, body);
        }
    }

    /** The service answered with a status that was not expected. */
    public static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, JsonNode problem) {
            super(status + " " + problem.path("title").asText(problem.toString())
                    + (problem.hasNonNull("detail")
                            ? ": " + problem.get("detail").asText()
                            : ""));
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}
