package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses writes while the disk is almost full, before they change anything, as a real server does; reads go on. A store
 * whose disk fills up in the middle of a commit cannot go on.
 */
interface DiskSpace {

    int OUT_OF_DISK_SPACE = 14_031;
    long RESERVED_BYTES = 32 << 20;

    long usableBytes();

    /** The disk of a folder that exists. */
    static DiskSpace of(Path folder) {
        try {
            FileStore disk = Files.getFileStore(folder);
            return () -> {
                try {
                    return disk.getUsableSpace();
                } catch (IOException e) {
                    return Long.MAX_VALUE; // the write itself will tell
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    default boolean isScarce() {
        return usableBytes() < RESERVED_BYTES;
    }

    default void requireForWrite() {
        if (isScarce()) {
            throw new MongoServerError(OUT_OF_DISK_SPACE, "OutOfDiskSpace", "the disk of the database is full");
        }
    }
}
