package io.drawdown.embedded.stripe;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Api;
import io.drawdown.embedded.stripe.oracle.FaultyApi;
import io.drawdown.embedded.stripe.oracle.OracleRoutes;
import io.drawdown.embedded.stripe.oracle.Settings;
import io.drawdown.embedded.stripe.oracle.WebhookRoutes;
import io.drawdown.embedded.stripe.resource.Events;
import io.drawdown.embedded.stripe.resource.Resources;
import io.drawdown.embedded.stripe.store.Store;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.drawdown.embedded.stripe.webhook.Deliveries;
import io.drawdown.embedded.stripe.webhook.DeliveryFaults;
import io.drawdown.embedded.stripe.webhook.Endpoints;
import io.drawdown.embedded.stripe.webhook.Sender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A Stripe-compatible server in this process, for tests and the local stack. With a folder its data survives a restart and a
 * killed process; without one it lives in memory. {@code docs/stripe.md} says what it covers.
 */
public final class EmbeddedStripe implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long LOOK_MILLIS = 100;

    private final Vertx vertx;
    private final Store store;
    private final CommitLoop loop;
    private final Endpoints endpoints;
    private final HttpServer server;

    private EmbeddedStripe(Store store, int port, Consumer<MVStoreException> broken) {
        this.store = store;
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        loop = new CommitLoop(store, broken);
        endpoints = new Endpoints(store);
        try {
            server = serve(port);
        } catch (RuntimeException e) {
            await(vertx.close());
            throw e;
        }
        loop.start();
    }

    /**
     * Starts a server on the loopback address.
     *
     * @param folder of the data, or null for a server in memory
     * @param port the port, or 0 for a free one
     */
    public static EmbeddedStripe start(@Nullable Path folder, int port) {
        return start(folder, port, broken -> {});
    }

    /** @param broken gets the failure when the data can no longer be read or written; only a new start may help */
    public static EmbeddedStripe start(@Nullable Path folder, int port, Consumer<MVStoreException> broken) {
        Store store = Store.open(folder);
        try {
            return new EmbeddedStripe(store, port, broken);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private HttpServer serve(int port) {
        StripeClock clock = new StripeClock(store);
        Settings settings = new Settings(store);
        DeliveryFaults deliveryFaults = new DeliveryFaults();
        Deliveries deliveries = new Deliveries(store, clock, endpoints, deliveryFaults);
        AccountObjects objects = new AccountObjects(store);
        Events events = new Events(objects, clock, deliveries::add);
        Resources resources = new Resources(objects, clock, events, settings::searchLagSeconds);
        FaultyApi api = new FaultyApi(new Api(store, clock, resources.routes()), store);
        OracleRoutes oracle = new OracleRoutes(
                store, clock, settings, api, resources, new WebhookRoutes(endpoints, deliveries, deliveryFaults));
        Sender sender = new Sender(vertx, deliveries, this::run);
        vertx.setPeriodic(LOOK_MILLIS, timer -> run(sender::sendDue));
        StripeHttp http = new StripeHttp(vertx, loop, api, oracle, settings, sender::sendDue);
        return await(vertx.createHttpServer(
                        new HttpServerOptions().setHost(LOOPBACK).setPort(port).setHttp2ClearTextEnabled(false))
                .requestHandler(http::handle)
                .listen());
    }

    private void run(Runnable action) {
        loop.submit(() -> {
            action.run();
            return () -> {};
        });
    }

    /** The base address for clients. */
    public String url() {
        return "http://" + LOOPBACK + ":" + port();
    }

    public int port() {
        return server.actualPort();
    }

    /** Delivers events to an endpoint, signed with each of the secrets. */
    public void deliverTo(String url, String... secrets) {
        run(() -> endpoints.put(new JsonObject().put("url", url).put("secrets", new JsonArray(List.of(secrets)))));
    }

    @Override
    public void close() {
        await(server.close());
        loop.close();
        await(vertx.close());
        store.close();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
