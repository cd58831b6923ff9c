package io.drawdown.bench.stack;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to one service that cost little, so that both cores are left to what is measured. Each request has a connection
 * for itself while it is under way; connections are kept.
 */
public final class HttpApi {

    private static final int MOST_CONNECTIONS = 512;

    /** Shorter than the services keep an idle connection (75 s), so that none is used that is being closed. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private static final long PATIENCE_MILLIS = 30_000;

    private final HttpClient client;
    private final String path;
    private final String authorization;

    /** @param api e.g. {@code http://localhost:8101/api/v1/} */
    public HttpApi(Vertx vertx, URI api, String token) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(api.getHost())
                .setDefaultPort(api.getPort())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
        client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        path = api.getPath();
        authorization = "Bearer " + token;
    }

    /** The body of the answer; fails unless its status is a success. */
    public CompletionStage<Buffer> post(String route, Map<String, String> headers, String body) {
        return send(HttpMethod.POST, route, headers, body);
    }

    /** As {@link #post}. */
    public CompletionStage<Buffer> get(String route) {
        return send(HttpMethod.GET, route, Map.of(), "");
    }

    /** As {@link #post}. */
    public CompletionStage<Buffer> put(String route, String body) {
        return send(HttpMethod.PUT, route, Map.of(), body);
    }

    private CompletionStage<Buffer> send(HttpMethod method, String route, Map<String, String> headers, String body) {
        CompletableFuture<Buffer> answer = new CompletableFuture<>();
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setURI(path + route)
                .putHeader(HttpHeaders.AUTHORIZATION, authorization);
        if (!body.isEmpty()) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        headers.forEach(options::putHeader);
        // All but the first step is composed on the connection's own thread: from here it could come after the body.
        client.request(options)
                .compose(request -> request.send(body)
                        .compose(response -> response.body().map(read -> requireSuccess(route, response, read))))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally);
        // It bounds the whole operation, whatever becomes of the connection.
        return answer.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(
                        fault instanceof TimeoutException
                                ? new IllegalStateException(route + ": no answer", fault)
                                : fault));
    }

    private static Buffer requireSuccess(String route, HttpClientResponse response, Buffer body) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(route + ": " + response.statusCode() + " " + body);
        }
        return body;
    }
}
