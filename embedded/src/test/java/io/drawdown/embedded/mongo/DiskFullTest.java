package io.drawdown.embedded.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.drawdown.embedded.process.ServerFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.Document;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DiskFullTest {

    @TempDir
    Path directory;

    private final List<MVStoreException> broken = new CopyOnWriteArrayList<>();
    private volatile long usableBytes = Long.MAX_VALUE;

    @Test
    void fullDiskRefusesWritesBeforeTheyChangeAnythingAndReadsGoOn() {
        // Given
        MVStore store = store(directory.resolve("mongo.mv").toString());
        try (EmbeddedMongo mongo = serve(store);
                MongoClient client = connect(mongo)) {
            accounts(client).insertOne(new Document("_id", "ada"));

            // When
            usableBytes = 1_000;

            // Then
            assertThatThrownBy(() -> accounts(client).insertOne(new Document("_id", "bob")))
                    .isInstanceOfSatisfying(MongoCommandException.class, refused -> assertThat(refused.getErrorCode())
                            .isEqualTo(14_031));
            assertThat(accounts(client).countDocuments()).isOne();
            usableBytes = Long.MAX_VALUE;
            accounts(client).insertOne(new Document("_id", "bob"));
            assertThat(accounts(client).countDocuments()).isEqualTo(2);
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void storeThatCanNoLongerWriteIsReported() {
        // Given
        FilePath.register(new RefusingDisk());
        MVStore store = store("refusing:" + directory.resolve("mongo.mv"));
        try (EmbeddedMongo mongo = serve(store);
                MongoClient client = connect(mongo)) {
            accounts(client).insertOne(new Document("_id", "ada"));

            // When
            RefusingDisk.isFull = true;

            // Then
            assertThatThrownBy(() -> accounts(client).insertOne(new Document("_id", "bob")))
                    .isInstanceOf(com.mongodb.MongoException.class);
            assertThat(broken).isNotEmpty();
            assertThat(new ServerFailure("The database", directory, 1).later(broken.getFirst()))
                    .isEqualTo("The database ends: " + directory
                            + " cannot be written, the disk is full; make room and start it again");
            assertThat(broken.getFirst().getErrorCode()).isEqualTo(DataUtils.ERROR_WRITING_FAILED);
        } finally {
            RefusingDisk.isFull = false;
        }
    }

    @Test
    void afterAFailedWriteNothingIsAcknowledgedEvenIfThereIsRoomAgain() {
        // Given
        FilePath.register(new RefusingDisk());
        MVStore store = store("refusing:" + directory.resolve("mongo.mv"));
        try (EmbeddedMongo mongo = serve(store);
                MongoClient client = connect(mongo)) {
            accounts(client).insertOne(new Document("_id", "ada"));
            RefusingDisk.isFull = true;
            assertThatThrownBy(() -> accounts(client).insertOne(new Document("_id", "bob")))
                    .isInstanceOf(com.mongodb.MongoException.class);

            // When
            RefusingDisk.isFull = false;

            // Then: what follows a record that is torn could not be read after a restart
            assertThatThrownBy(() -> accounts(client).insertOne(new Document("_id", "eve")))
                    .isInstanceOf(com.mongodb.MongoException.class);
        } finally {
            RefusingDisk.isFull = false;
        }
    }

    private EmbeddedMongo serve(MVStore store) {
        return EmbeddedMongo.serve(new DurableBackend(store, () -> usableBytes, broken::add), 0);
    }

    private static MVStore store(String file) {
        return new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
    }

    private static MongoClient connect(EmbeddedMongo mongo) {
        return MongoClients.create(mongo.connectionString() + "/?retryWrites=false&serverSelectionTimeoutMS=2000");
    }

    private static MongoCollection<Document> accounts(MongoClient client) {
        return client.getDatabase("credits").getCollection("accounts");
    }

    /** A file system that can be made full; H2 creates it by reflection. */
    public static final class RefusingDisk extends FilePathWrapper {

        static volatile boolean isFull;

        @Override
        public String getScheme() {
            return "refusing";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new RefusingFile(super.open(mode));
        }
    }

    private static final class RefusingFile extends FileBaseDefault {

        private final FileChannel file;

        RefusingFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer bytes, long position) throws IOException {
            if (RefusingDisk.isFull) {
                throw new IOException("No space left on device");
            }
            return file.write(bytes, position);
        }

        @Override
        public synchronized int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void force(boolean metadata) throws IOException {
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
