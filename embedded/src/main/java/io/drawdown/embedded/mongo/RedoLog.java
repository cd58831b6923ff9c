package io.drawdown.embedded.mongo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * What was changed since the last commit of the store. A commit writes whole pages and takes milliseconds; appending the
 * changed documents takes microseconds. So a reply waits for the log, and the store commits once in a while.
 *
 * <p>A change is appended right after it was made, in the order in which the changes of one document were made. Each file of
 * the log has a number, and the store says from which number on it needs them. A commit begins the next file first: every
 * change in the files before it was made by then, so the commit has it.
 *
 * <p>A failed write may leave a torn record, and nothing behind it could be read after a restart. So after a failure
 * nothing is written any more: every later call fails too.
 *
 * <p>Safe for use by several threads.
 */
final class RedoLog {

    private static final String MAP = "redo";
    private static final String FIRST = "first";

    private final MVStore store;
    private final MVMap<String, Long> state;
    private final Object writing = new Object();
    private final Object commits = new Object();
    private FileChannel file;
    private long number;
    private WriteBuffer waiting = new WriteBuffer();
    private WriteBuffer spare = new WriteBuffer();
    private long appended;
    private volatile long written;
    private volatile long committed;
    private @Nullable MVStoreException failure;

    private RedoLog(MVStore store, long number) {
        this.store = store;
        this.number = number;
        state = store.openMap(MAP);
        file = create(number);
    }

    /** Brings the store to where it was when its process ended, and begins a new log. */
    static RedoLog open(MVStore store) {
        MVMap<String, Long> state = store.openMap(MAP);
        long first = state.getOrDefault(FIRST, 0L);
        long next = first;
        while (path(store, next).exists()) {
            apply(path(store, next), store);
            next++;
        }
        state.put(FIRST, next);
        store.commit();
        for (long old = first - 1; old < next; old++) {
            delete(store, old); // the first of them was left by a process that was killed right after a commit
        }
        return new RedoLog(store, next);
    }

    private static void apply(FilePath log, MVStore store) {
        try (FileChannel file = log.open("r")) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // a read may return less than there is
            }
            bytes.flip();
            while (RedoRecord.apply(bytes, store)) {
                // the next one
            }
        } catch (IOException e) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_READING_FAILED, "the log cannot be read", e);
        }
    }

    /**
     * Appends a change that was made.
     *
     * @param document null if there is none any more
     */
    synchronized void append(MVMap<Object, byte[]> map, Object key, byte @Nullable [] document) {
        int before = waiting.position();
        RedoRecord.write(waiting, map, key, document);
        appended += waiting.position() - before;
    }

    /** Returns when every change that was appended until now is in the file. Those who wait share a write. */
    void awaitWritten() {
        long wanted = appended();
        if (written < wanted) {
            synchronized (writing) {
                if (written < wanted) {
                    write();
                }
            }
        }
    }

    private synchronized long appended() {
        return appended;
    }

    private void write() {
        if (failure != null) {
            throw failure;
        }
        WriteBuffer taken;
        long end;
        synchronized (this) {
            taken = waiting;
            waiting = spare;
            end = appended;
        }
        try {
            ByteBuffer bytes = taken.getBuffer().flip();
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            failure = failed(e);
            throw failure;
        }
        taken.clear();
        spare = taken;
        written = end;
    }

    /** Whether the store has everything already. */
    boolean isEmpty() {
        return appended() == committed;
    }

    /** Commits the store. What was appended before is not needed any more, and its file goes. */
    void commit() {
        synchronized (commits) {
            long covered = beginNextFile();
            state.put(FIRST, number);
            store.commit();
            committed = covered;
            delete(store, number - 1);
        }
    }

    private long beginNextFile() {
        synchronized (writing) {
            write();
            close();
            number++;
            file = create(number);
            return written;
        }
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileChannel create(long fileNumber) {
        try {
            return path(store, fileNumber).open("rw");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static FilePath path(MVStore store, long fileNumber) {
        return FilePath.get(store.getFileStore().getFileName() + "." + fileNumber + ".redo");
    }

    private static void delete(MVStore store, long fileNumber) {
        FilePath file = path(store, fileNumber);
        if (file.exists()) {
            try {
                file.delete();
            } catch (RuntimeException e) { // whatever the file system throws
                throw failed(e);
            }
        }
    }

    private static MVStoreException failed(Exception e) {
        return DataUtils.newMVStoreException(DataUtils.ERROR_WRITING_FAILED, "the log cannot be written", e);
    }
}
