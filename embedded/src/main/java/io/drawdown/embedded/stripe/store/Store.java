package io.drawdown.embedded.stripe.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The file of the stand-in, or memory. One thread uses it. What it changed is safe from a kill of the process once {@link
 * #commit} has returned, and one commit has all of a request or nothing.
 */
public final class Store implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 64;
    private static final int PAGE_BYTES = 4 << 10;
    private static final int KEPT_VERSIONS_MILLIS = 2_000;
    private static final int COMMITS_BETWEEN_COMPACTIONS = 500;
    private static final int LEAST_FILL_PERCENT = 50;
    private static final int REWRITTEN_BYTES = 2 << 20;

    private final MVStore file;
    private final boolean durable;
    private int commits;

    private Store(MVStore file, boolean durable) {
        this.file = file;
        this.durable = durable;
    }

    /** @param folder of the data, or null for memory */
    public static Store open(@Nullable Path folder) {
        if (folder == null) {
            return new Store(new MVStore.Builder().autoCommitDisabled().open(), false);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MVStore file = new MVStore.Builder()
                .fileName(folder.resolve("stripe.mv").toString())
                .cacheSize(CACHE_MEGABYTES)
                .pageSplitSize(PAGE_BYTES)
                .compress()
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        file.setRetentionTime(KEPT_VERSIONS_MILLIS);
        return new Store(file, true);
    }

    /** A map from a key to the text of a JSON object. */
    public MVMap<String, String> map(String name) {
        return file.openMap(name);
    }

    public void commit() {
        if (!durable || !file.hasUnsavedChanges()) {
            return;
        }
        file.commit();
        if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
            file.compact(LEAST_FILL_PERCENT, REWRITTEN_BYTES);
        }
    }

    /** Removes everything. */
    public void clear() {
        file.getMapNames().forEach(name -> map(name).clear());
    }

    @Override
    public void close() {
        if (!file.isClosed()) {
            file.close();
        }
    }
}
