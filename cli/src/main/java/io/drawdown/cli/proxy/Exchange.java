package io.drawdown.cli.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the proxy.
 *
 * <p>Only what cannot have arrived is given to another instance: a request whose connection was refused, and one that only
 * reads. Any other whose answer is lost may have had its effect, so the client is told that the outcome is unknown; it repeats
 * the request with the same key. Only on the event loop.
 */
final class Exchange {

    private static final int CONNECT_MILLIS = 1_000;

    /** An answer that has not begun by then is lost: no route takes so long, and a stream sends something more often. */
    private static final int SILENCE_MILLIS = 60_000;

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final int SWITCHING_PROTOCOLS = 101;

    private final HttpServerRequest request;
    private final HttpServerResponse answer;
    private final Upstreams upstreams;
    private final ToIntFunction<Upstream> port;
    private final Clients clients;
    private final boolean isWebSocket;
    private final Set<UpstreamState> tried = new HashSet<>();
    private @Nullable UpstreamState current;
    private @Nullable HttpClientRequest sent;

    /** The connections to instances: those of sockets are never used again. */
    record Clients(HttpClient requests, HttpClient sockets) {}

    Exchange(HttpServerRequest request, Upstreams upstreams, ToIntFunction<Upstream> port, Clients clients) {
        this.request = request;
        this.answer = request.response();
        this.upstreams = upstreams;
        this.port = port;
        this.clients = clients;
        this.isWebSocket = Headers.asksForWebSocket(request);
    }

    void start() {
        request.pause();
        answer.closeHandler(gone -> clientIsGone());
        tryNext();
    }

    private void tryNext() {
        upstreams.next(tried).ifPresentOrElse(this::tryOne, () -> ProxyProblem.NO_INSTANCE.end(request));
    }

    /** From here on the instance has the request, so that it is not stopped while it is connected to. */
    private void tryOne(UpstreamState state) {
        tried.add(state);
        current = state;
        state.began();
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(ReverseProxy.LOOPBACK)
                .setPort(port.applyAsInt(state.upstream()))
                .setURI(request.uri())
                .setConnectTimeout(CONNECT_MILLIS);
        Future<HttpClientRequest> connected = isWebSocket
                ? clients.sockets().request(options)
                : clients.requests().request(options.setIdleTimeout(SILENCE_MILLIS));
        connected.onSuccess(this::send).onFailure(refused -> {
            finish();
            state.ready(false);
            tryNext();
        });
    }

    private void send(HttpClientRequest out) {
        if (answer.closed()) {
            finish();
            out.reset();
            return;
        }
        sent = out;
        out.connection().exceptionHandler(broken -> {}); // whoever waits for it hears of it
        Headers.copy(request.headers(), out.headers());
        Headers.addOrigin(request, out.headers());
        if (isWebSocket) {
            out.putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
            out.exceptionHandler(broken -> {}); // the ends of the tunnel hear of it
            out.connect().onSuccess(this::answered).onFailure(this::lost);
            return;
        }
        out.response().onSuccess(this::answered).onFailure(this::lost);
        if (Headers.hasBody(request)) {
            out.setChunked(request.getHeader("content-length") == null);
            request.pipe().endOnFailure(false).to(out).onFailure(broken -> out.reset());
        } else {
            out.end();
        }
    }

    private void answered(HttpClientResponse from) {
        if (answer.closed()) {
            clientIsGone();
            return;
        }
        answer.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
        Headers.copy(from.headers(), answer.headers());
        if (from.statusCode() == SWITCHING_PROTOCOLS) {
            tunnel(from.netSocket());
            return;
        }
        answer.setChunked(mayHaveBody(from) && from.getHeader("content-length") == null);
        from.pipe().endOnFailure(false).to(answer).onComplete(end -> {
            finish();
            if (end.failed()) {
                answer.reset();
            }
        });
        request.resume();
    }

    private boolean mayHaveBody(HttpClientResponse from) {
        return !request.method().equals(HttpMethod.HEAD) && from.statusCode() != 204 && from.statusCode() != 304;
    }

    /** From here on bytes go both ways as they are: pings too, with which the instance sees that the client lives. */
    private void tunnel(NetSocket instance) {
        instance.pause();
        finish();
        sent = null; // what the client sent last still reaches the instance
        answer.putHeader("connection", "Upgrade").putHeader("upgrade", "websocket");
        request.toNetSocket()
                .onSuccess(client -> {
                    client.pipeTo(instance).onFailure(broken -> instance.close());
                    instance.pipeTo(client).onFailure(broken -> client.close());
                })
                .onFailure(gone -> instance.close());
    }

    /** No answer came. */
    private void lost(Throwable fault) {
        finish();
        if (answer.closed() || answer.headWritten()) {
            answer.reset();
        } else if (isReading()) {
            tryNext();
        } else {
            ProxyProblem.ANSWER_LOST.end(request);
        }
    }

    private boolean isReading() {
        return READS.contains(request.method()) && !Headers.hasBody(request);
    }

    private void clientIsGone() {
        finish();
        if (sent != null) {
            sent.reset();
        }
    }

    private void finish() {
        if (current != null) {
            current.answered();
            current = null;
        }
    }
}
