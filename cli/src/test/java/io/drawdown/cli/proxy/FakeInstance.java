package io.drawdown.cli.proxy;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance of a service: it tells its name unless a test makes it do something else. */
final class FakeInstance {

    private final Vertx vertx;
    private final Upstream upstream;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger healthQuestions = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean isReady = true;
    private volatile Handler<HttpServerRequest> behaviour;
    private HttpServer api;

    FakeInstance(Vertx vertx, String name) {
        this.vertx = vertx;
        this.upstream = new Upstream(name, freePort(), freePort());
        this.behaviour = request -> request.response().end(name);
        vertx.createHttpServer()
                .requestHandler(this::askedForHealth)
                .listen(upstream.management(), ReverseProxy.LOOPBACK)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        start();
    }

    private void askedForHealth(HttpServerRequest request) {
        healthQuestions.incrementAndGet();
        if (unanswered.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            request.response().setStatusCode(isReady ? 200 : 503).end();
        }
    }

    /** It answers none of the next so many questions for its health. */
    void keepSilent(int questions) {
        unanswered.set(questions);
    }

    int healthQuestions() {
        return healthQuestions.get();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Upstream upstream() {
        return upstream;
    }

    void start() {
        api = vertx.createHttpServer().requestHandler(request -> {
            requests.add(request.method() + " " + request.uri());
            behaviour.handle(request);
        });
        await(api.listen(upstream.port(), ReverseProxy.LOOPBACK));
    }

    /** Its port is closed; what asks for its health hears that it is well. */
    void stop() {
        await(api.close());
    }

    private static void await(io.vertx.core.Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    void ready(boolean ready) {
        isReady = ready;
    }

    void answerBy(Handler<HttpServerRequest> other) {
        behaviour = other;
    }

    /** Agrees to become a socket. */
    void talkBy(Handler<ServerWebSocket> other) {
        behaviour = request -> request.toWebSocket().onSuccess(other).onFailure(Throwable::printStackTrace);
    }

    List<String> requests() {
        return requests;
    }
}
