package io.drawdown.tasks.builtin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.outbound.RetryAfter;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.handler.PermanentFailure;
import io.drawdown.tasks.handler.TaskContext;
import io.drawdown.tasks.handler.TaskHandler;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to an endpoint that the configuration names. The same {@code Idempotency-Key} goes with every attempt, so that a receiver
 * that honours it acts once. Redirects are not followed.
 */
@Singleton
public final class HttpHandler implements TaskHandler<HttpHandler.Call, HttpHandler.Answer> {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private final Endpoints endpoints;
    private final Duration patience;
    private final Vertx vertx;
    private final HttpClient client;
    private final Time time;

    @Inject
    HttpHandler(TaskConfig config, Vertx vertx, Time time) {
        this(config.task().http(), config.task().slots(), vertx, time, InetAddress::getAllByName);
    }

    /** @param slots so many tasks run at the same time, so none has to wait for the connection of another */
    HttpHandler(TaskConfig.Http config, int slots, Vertx vertx, Time time, Endpoints.Resolver resolver) {
        this.endpoints = new Endpoints(config, resolver);
        this.patience = config.timeout();
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(slots));
        this.time = time;
    }

    /**
     * @param endpoint its name in the configuration
     * @param body absent: an empty object
     */
    public record Call(String endpoint, @Nullable ObjectNode body) {}

    /** @param body of the answer, its first 64 KiB as text */
    public record Answer(int status, String body) {}

    /** An answer with what it says about a further attempt. */
    private record Received(Answer answer, @Nullable String retryAfter) {}

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Answer handle(Call call, TaskContext context) throws InterruptedException {
        RequestOptions options = endpoints
                .reach(call.endpoint())
                .putHeader("Content-Type", "application/json")
                .putHeader("Idempotency-Key", context.taskId() + ":post");
        ObjectNode body = call.body() == null ? JsonNodeFactory.instance.objectNode() : call.body();
        Received received = await(post(options, Buffer.buffer(Json.bytes(body)), context));
        return accepted(received);
    }

    private Exchange post(RequestOptions options, Buffer body, TaskContext context) {
        Exchange exchange = new Exchange();
        context.onCancel(exchange::abort);
        vertx.getOrCreateContext().runOnContext(nothing -> exchange(options, body, exchange));
        return exchange;
    }

    /** On the thread of the connection: elsewhere the answer could come before anybody reads it. */
    private void exchange(RequestOptions options, Buffer body, Exchange exchange) {
        client.request(options)
                .onSuccess(exchange::begun)
                .compose(request -> request.send(body))
                .compose(HttpHandler::read)
                .onComplete(exchange.received::complete, exchange.received::completeExceptionally);
    }

    /** A request under way. */
    private static final class Exchange {
        final CompletableFuture<Received> received = new CompletableFuture<>();
        private @Nullable HttpClientRequest request;
        private boolean isAborted;

        synchronized void begun(HttpClientRequest begun) {
            request = begun;
            if (isAborted) {
                begun.reset();
            }
        }

        synchronized void abort() {
            isAborted = true;
            received.completeExceptionally(new TemporaryFailure("told to stop"));
            if (request != null) {
                request.reset();
            }
        }
    }

    private static Future<Received> read(HttpClientResponse response) {
        Promise<Received> read = Promise.promise();
        Buffer body = Buffer.buffer();
        Runnable done = () -> read.tryComplete(
                new Received(new Answer(response.statusCode(), body.toString()), response.getHeader("Retry-After")));
        response.handler(part -> {
            body.appendBuffer(part, 0, Math.min(part.length(), LONGEST_ANSWER - body.length()));
            if (body.length() == LONGEST_ANSWER) {
                done.run();
                response.request().reset();
            }
        });
        response.endHandler(end -> done.run());
        response.exceptionHandler(read::tryFail);
        return read.future();
    }

    private Received await(Exchange exchange) throws InterruptedException {
        try {
            return exchange.received.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.abort();
            throw new TemporaryFailure("no answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TemporaryFailure told
                    ? told
                    : new TemporaryFailure("the endpoint was not reached, or broke off", e.getCause());
        } catch (InterruptedException e) {
            exchange.abort();
            throw e;
        }
    }

    private Answer accepted(Received received) {
        Answer answer = received.answer();
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return answer;
        }
        String message = "answered " + status;
        if (status == 429 || status >= 500) {
            throw new TemporaryFailure(message, null, RetryAfter.parse(received.retryAfter(), time.now()));
        }
        throw new PermanentFailure(message);
    }
}
