package io.drawdown.embedded.slack;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for Slack in this process, for tests and the local stack. It speaks HTTP; with a folder its
 * messages survive a restart and a killed process. A channel is there once it was made known; a webhook is any address below {@code
 * /services/}.
 */
public final class EmbeddedSlack implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final HttpServer server;
    private final SlackOracle oracle;

    private EmbeddedSlack(Workspace workspace, int port) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        SlackFaults faults = new SlackFaults();
        oracle = new SlackOracle(workspace, faults);
        SlackHttp http = new SlackHttp(new WebApi(workspace), faults, oracle);
        try {
            server = await(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(LOOPBACK)
                            .setPort(port)
                            .setHttp2ClearTextEnabled(false))
                    .requestHandler(http::handle)
                    .listen());
        } catch (RuntimeException e) {
            await(vertx.close());
            throw e;
        }
    }

    /** @param port 0 for a free one */
    public static EmbeddedSlack start(int port) {
        return start(null, port);
    }

    /** @param folder of the messages, or null for a server in memory */
    public static EmbeddedSlack start(@Nullable Path folder, int port) {
        return new EmbeddedSlack(new Workspace(new Journal(folder), InstantSource.system()), port);
    }

    /** The base address of the Web API and of webhooks. */
    public String url() {
        return "http://" + LOOPBACK + ":" + server.actualPort();
    }

    /** What was posted, and what shall go wrong. */
    public SlackOracle oracle() {
        return oracle;
    }

    @Override
    public void close() {
        await(server.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
