package io.drawdown.cli.proxy;

import io.drawdown.cli.process.UserFacingException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A reverse proxy for HTTP/1.1 and WebSocket in front of instances on this machine. They take turns, one request each; a socket
 * stays at its instance until one of both ends it. An instance gets requests as long as it says that it is ready, and nothing
 * new while it is drained. What becomes of a request whose instance fails: {@link Exchange}.
 *
 * <p>One event loop does everything, so that nothing here needs a lock. Its public methods may be called by any thread but that.
 */
public final class ReverseProxy implements AutoCloseable {

    static final String LOOPBACK = "127.0.0.1";

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_SOCKETS = 50_000;

    /** Above what the services take, so that they answer what is too long. */
    private static final int LONGEST_HEAD = 64 * 1024;

    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final Context loop;
    private final Exchange.Clients clients;
    private final HealthChecks health;
    private final Map<String, UpstreamState> states = new ConcurrentHashMap<>();

    private ReverseProxy() {
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        this.loop = vertx.getOrCreateContext();
        this.clients = new Exchange.Clients(
                vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MOST_CONNECTIONS)),
                vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MOST_SOCKETS)));
        this.health = new HealthChecks(vertx);
    }

    /**
     * What is at one address.
     *
     * @param port for the API of the instances
     * @param management for what they serve apart
     */
    public record Site(int port, int management, List<Upstream> upstreams) {}

    /** The proxy of these; none if there are none. */
    public static Optional<ReverseProxy> inFrontOf(String host, List<Site> sites) {
        return sites.isEmpty() ? Optional.empty() : Optional.of(start(host, sites));
    }

    /** Listens for all these. Fails with a one-line message if a port is taken. */
    public static ReverseProxy start(String host, List<Site> sites) {
        ReverseProxy proxy = new ReverseProxy();
        try {
            sites.forEach(site -> proxy.serve(host, site));
            return proxy;
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
    }

    private void serve(String host, Site site) {
        Upstreams upstreams = new Upstreams(site.upstreams());
        upstreams.all().forEach(state -> {
            states.put(state.upstream().name(), state);
            loop.runOnContext(start -> health.start(state));
        });
        listen(host, site.port(), upstreams, Upstream::port);
        listen(host, site.management(), upstreams, Upstream::management);
    }

    private void listen(String host, int port, Upstreams upstreams, ToIntFunction<Upstream> portOf) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxHeaderSize(LONGEST_HEAD);
        try {
            await(vertx.createHttpServer(options)
                    .connectionHandler(connection -> connection.exceptionHandler(broken -> {})) // no news
                    .requestHandler(request -> forward(request, upstreams, portOf))
                    .listen());
        } catch (CompletionException e) {
            throw new UserFacingException("The proxy cannot listen at port " + port + ": " + e.getCause(), e);
        }
    }

    private void forward(HttpServerRequest request, Upstreams upstreams, ToIntFunction<Upstream> portOf) {
        new Exchange(request, upstreams, portOf, clients).start();
    }

    /** Gives the instance no more requests; returns when it has answered all that it had, or the time is up. */
    public void drain(String instance, Duration atMost) {
        await(state(instance)::drain, atMost);
    }

    /** Gives the instance requests again when it is ready; returns then, or when the time is up. */
    public void admit(String instance, Duration atMost) {
        await(state(instance)::admit, atMost);
    }

    private void await(Supplier<Future<Void>> change, Duration atMost) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(start -> {
            change.get().onSuccess(changed -> done.tryComplete());
            vertx.setTimer(Math.max(1, atMost.toMillis()), late -> done.tryComplete());
        });
        done.future().toCompletionStage().toCompletableFuture().join();
    }

    private UpstreamState state(String instance) {
        UpstreamState state = states.get(instance);
        if (state == null) {
            throw new IllegalArgumentException(instance);
        }
        return state;
    }

    @Override
    public void close() {
        Promise<Void> stopped = Promise.promise();
        loop.runOnContext(start -> {
            health.stop();
            stopped.complete();
        });
        await(stopped.future());
        await(vertx.close());
    }

    private static <T> void await(Future<T> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
