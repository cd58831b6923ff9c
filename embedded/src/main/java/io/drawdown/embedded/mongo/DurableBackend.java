package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a reply only after everything that it acknowledges or shows is in a file, so it never shows what a killed server
 * would forget. Documents are in the {@link RedoLog} until the next commit of the store; whatever else a command changes is
 * committed before its reply. This survives a killed process, but not a power cut.
 */
final class DurableBackend extends H2Backend {

    private static final Set<String> READS = Set.of(
            "find",
            "getMore",
            "killCursors",
            "count",
            "distinct",
            "aggregate",
            "isMaster",
            "ismaster",
            "ping",
            "buildInfo");

    /** They change documents, and what they create on the way is made of documents too. */
    private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

    private static final int LEAST_FILL_PERCENT = 50;
    private static final int REWRITTEN_BYTES = 2 << 20;

    private static final int INTERRUPTED_AT_SHUTDOWN = 11_600;

    private final DiskSpace space;
    private final Consumer<MVStoreException> broken;
    private final @Nullable RedoLog log;
    private final ScheduledExecutorService housekeeper;
    private volatile boolean closing;

    /**
     * The store must not commit by itself.
     *
     * @param broken gets the failure when the store can no longer be read or written; only a new start may help
     */
    DurableBackend(MVStore store, DiskSpace space, Consumer<MVStoreException> broken) {
        this(store, store.getFileStore() == null ? null : RedoLog.open(store), space, broken);
    }

    private DurableBackend(MVStore store, @Nullable RedoLog log, DiskSpace space, Consumer<MVStoreException> broken) {
        this.log = log; // databases that exist are opened by the parent
        super(store);
        this.space = space;
        this.broken = broken;
        housekeeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("mongo-housekeeper").factory());
        if (log != null) {
            var unused = housekeeper.scheduleWithFixedDelay(() -> keepHouse(log), 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getMvStore(), log, getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        if (log == null) {
            return super.handleMessage(message);
        }
        try {
            return handleDurably(message, log);
        } catch (MVStoreException e) {
            breakDown(e);
            throw new MongoServerError(INTERRUPTED_AT_SHUTDOWN, "InterruptedAtShutdown", "the store is closed");
        }
    }

    private Document handleDurably(MongoMessage message, RedoLog redo) {
        String command = message.getDocument().keySet().iterator().next();
        if (!READS.contains(command)) {
            space.requireForWrite();
        }
        try {
            return super.handleMessage(message);
        } finally {
            if (READS.contains(command) || WRITES.contains(command)) {
                redo.awaitWritten();
            } else {
                redo.commit();
            }
        }
    }

    /** Commits what is in the log, and rewrites what is mostly unused; but not on a scarce disk, for both write first. */
    private void keepHouse(RedoLog redo) {
        if (space.isScarce()) {
            return;
        }
        try {
            if (!redo.isEmpty()) {
                redo.commit();
            }
            getMvStore().compact(LEAST_FILL_PERCENT, REWRITTEN_BYTES);
        } catch (MVStoreException e) {
            breakDown(e);
        }
    }

    private void breakDown(MVStoreException e) {
        if (!closing) {
            broken.accept(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        housekeeper.close();
        if (log != null) {
            commitLast(log);
        }
        super.close();
    }

    /** If it fails, the store is closed as it is: its log has what it lacks. */
    private void commitLast(RedoLog redo) {
        try {
            redo.commit();
        } catch (MVStoreException e) {
            getMvStore().closeImmediately();
        } finally {
            redo.close();
        }
    }
}
