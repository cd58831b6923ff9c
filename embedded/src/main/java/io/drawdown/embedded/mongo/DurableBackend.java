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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Sends a reply only after everything that it acknowledges or shows is in the file. Reads commit too: a read waits for a
 * commit that is under way, so it never shows what a killed server would forget. A commit never runs in the middle of a
 * write, so the file never holds a document without its index entries. Committed data survives a killed process, but not a
 * power cut.
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

    private static final int LEAST_FILL_PERCENT = 50;
    private static final int REWRITTEN_BYTES = 2 << 20;

    private static final int INTERRUPTED_AT_SHUTDOWN = 11_600;

    private final boolean durable;
    private final DiskSpace space;
    private final Consumer<MVStoreException> broken;
    private final ReadWriteLock writesAndCommits = new ReentrantReadWriteLock();
    private final ScheduledExecutorService housekeeper;
    private final Object commits = new Object();
    private final AtomicLong begun = new AtomicLong();
    private volatile long committed;
    private volatile boolean closing;

    /**
     * The store must not commit by itself.
     *
     * @param broken gets the failure when the store can no longer be read or written; only a new start may help
     */
    DurableBackend(MVStore store, DiskSpace space, Consumer<MVStoreException> broken) {
        super(store);
        this.space = space;
        this.broken = broken;
        durable = !isInMemory();
        housekeeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("mongo-housekeeper").factory());
        if (durable) {
            commit();
            var unused = housekeeper.scheduleWithFixedDelay(this::giveBackSpace, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        if (!durable) {
            return super.handleMessage(message);
        }
        try {
            return handleDurably(message);
        } catch (MVStoreException e) {
            if (!closing) {
                broken.accept(e);
            }
            throw new MongoServerError(INTERRUPTED_AT_SHUTDOWN, "InterruptedAtShutdown", "the store is closed");
        }
    }

    private Document handleDurably(MongoMessage message) {
        boolean isRead =
                READS.contains(message.getDocument().keySet().iterator().next());
        if (!isRead) {
            space.requireForWrite();
        }
        try {
            return isRead ? super.handleMessage(message) : write(message);
        } finally {
            commitUpTo(begun.get());
        }
    }

    private Document write(MongoMessage message) {
        writesAndCommits.readLock().lock();
        try {
            begun.incrementAndGet();
            return super.handleMessage(message);
        } finally {
            writesAndCommits.readLock().unlock();
        }
    }

    /**
     * Waits until every write is in the file that had begun when this request was over, for a read may have seen one that is
     * still going on. Who waits here while another commits mostly finds that this commit was theirs too.
     */
    private void commitUpTo(long write) {
        if (committed < write) {
            synchronized (commits) {
                if (committed < write) {
                    commit();
                }
            }
        }
    }

    @Override
    public void commit() {
        writesAndCommits.writeLock().lock();
        try {
            long covered = begun.get();
            getMvStore().commit();
            committed = covered;
        } finally {
            writesAndCommits.writeLock().unlock();
        }
    }

    private void giveBackSpace() {
        if (space.isScarce()) {
            return; // it writes before it frees
        }
        writesAndCommits.writeLock().lock();
        try {
            getMvStore().compact(LEAST_FILL_PERCENT, REWRITTEN_BYTES);
        } finally {
            writesAndCommits.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        closing = true;
        housekeeper.close();
        super.close();
    }
}
