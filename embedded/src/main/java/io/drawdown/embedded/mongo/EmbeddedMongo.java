package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB-compatible server in this process. With a directory its data survives a restart and a killed process; without
 * one it lives in memory. It has no sessions, transactions or authentication.
 */
public final class EmbeddedMongo implements AutoCloseable {

    /**
     * The server logs every refused command with a stack trace. Kept in a field, because the garbage collector would remove
     * an unreferenced logger with its level.
     */
    private static final Logger SERVER_LOG = Logger.getLogger("de.bwaldvogel");

    /** Requests hardly wait for anything; more threads would only wait for each other. */
    private static final int THREADS = 2;

    private static final int CACHE_MEGABYTES = 256;
    private static final int KEPT_VERSIONS_MILLIS = 2_000;

    private final MongoServer server;
    private final InetSocketAddress address;

    private EmbeddedMongo(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts a server on the loopback address.
     *
     * @param directory of the data, or null for a server in memory
     * @param port the port, or 0 for a free one
     */
    public static EmbeddedMongo start(@Nullable Path directory, int port) {
        return start(directory, port, broken -> {});
    }

    /** @param broken gets the failure when the data can no longer be read or written; only a new start may help */
    static EmbeddedMongo start(@Nullable Path directory, int port, Consumer<MVStoreException> broken) {
        MVStore store = open(directory);
        DiskSpace space = directory == null ? () -> Long.MAX_VALUE : DiskSpace.of(directory);
        return serve(new DurableBackend(store, space, broken), port);
    }

    static EmbeddedMongo serve(DurableBackend backend, int port) {
        SERVER_LOG.setLevel(Level.OFF);
        MongoServer server = new MongoServer(backend);
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1, THREADS);
            return new EmbeddedMongo(server, server.getLocalAddress());
        } catch (RuntimeException e) {
            server.shutdownNow();
            throw e;
        }
    }

    public int port() {
        return address.getPort();
    }

    /** The connection string of a driver; writes are acknowledged once they survive the server's process. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static MVStore open(@Nullable Path directory) {
        if (directory == null) {
            return new MVStore.Builder().autoCommitDisabled().open();
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MVStore store = new MVStore.Builder()
                .fileName(directory.resolve("mongo.mv").toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        store.setRetentionTime(KEPT_VERSIONS_MILLIS);
        return store;
    }
}
