package io.drawdown.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A killed process is a copy of its files at that moment. */
class RedoLogTest {

    private static final String ACCOUNTS = "databases.credits.accounts";

    @TempDir
    Path directory;

    private MVStore store;
    private RedoLog log;
    private MVMap<Object, byte[]> accounts;
    private int copies;

    @BeforeEach
    void open() {
        store = open(directory.resolve("mongo.mv"));
        log = RedoLog.open(store);
        accounts = accounts(store);
    }

    private static MVStore open(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
    }

    private static MVMap<Object, byte[]> accounts(MVStore store) {
        return store.openMap(ACCOUNTS, IndexedDatabase.DOCUMENTS);
    }

    @AfterEach
    void close() {
        store.closeImmediately();
    }

    @Test
    void whatWasWrittenToTheLogIsThereAfterAKill() throws IOException {
        // Given
        put("ada", 1);
        put("bob", 1);
        log.commit();
        put("ada", 2);
        put("eve", 1);
        accounts.remove("bob");
        log.append(accounts, "bob", null);
        log.awaitWritten();

        // When
        MVMap<Object, byte[]> found = afterAKill();

        // Then
        assertThat(found.keySet()).containsExactly("ada", "eve");
        assertThat(document(found, "ada")).isEqualTo(account("ada", 2));
    }

    @Test
    void aKillBetweenTheCommitAndTheEndOfTheOldFileChangesNothing() throws IOException {
        // Given: the old file of the log is still there, and it is behind the store
        put("ada", 1);
        log.awaitWritten();
        Path old = only(logs(directory));
        byte[] content = Files.readAllBytes(old);
        log.commit();
        put("ada", 2);
        log.awaitWritten();
        Files.write(old, content);

        Path copy = kill();

        // When, Then
        assertThat(document(accounts(recovered(copy)), "ada")).isEqualTo(account("ada", 2));
        assertThat(only(logs(copy))).isEmptyFile();
    }

    @Test
    void aKillBeforeTheCommitOfTheNextFileLosesNothing() throws IOException {
        // Given: two files, as after the next one was begun
        put("ada", 1);
        put("bob", 1);
        log.awaitWritten();
        Path first = only(logs(directory));
        byte[] content = Files.readAllBytes(first);
        Path copy = kill();
        Path again = copy.resolve("mongo.mv.1.redo");
        assertThat(again).doesNotExist();
        Files.write(again, content);

        // When, Then
        assertThat(accounts(recovered(copy)).keySet()).containsExactly("ada", "bob");
        assertThat(only(logs(copy))).isEmptyFile();
    }

    @Test
    void aRecordThatWasNotWrittenToItsEndIsLeftOut() throws IOException {
        // Given
        put("ada", 1);
        put("bob", 1);
        log.awaitWritten();
        Path copy = kill();
        Path torn = only(logs(copy));
        byte[] content = Files.readAllBytes(torn);

        // When
        Files.write(torn, Arrays.copyOf(content, content.length - 3));

        // Then
        assertThat(accounts(recovered(copy)).keySet()).containsExactly("ada");
    }

    @Test
    void aDamagedRecordIsNotTakenForTheEnd() throws IOException {
        // Given
        put("ada", 1);
        put("bob", 1);
        log.awaitWritten();
        Path copy = kill();
        Path damaged = only(logs(copy));
        byte[] content = Files.readAllBytes(damaged);
        content[20]++;
        Files.write(damaged, content);

        // When, Then
        assertThatExceptionOfType(MVStoreException.class)
                .isThrownBy(() -> recovered(copy))
                .withMessageContaining("damaged");
    }

    @Test
    void aCommitLeavesAnEmptyLog() throws IOException {
        // Given
        assertThat(log.isEmpty()).isTrue();
        put("ada", 1);
        assertThat(log.isEmpty()).isFalse();

        // When
        log.commit();

        // Then
        assertThat(log.isEmpty()).isTrue();
        assertThat(only(logs(directory))).isEmptyFile();
        assertThat(document(afterAKill(), "ada")).isEqualTo(account("ada", 1));
    }

    private void put(String id, int rev) {
        byte[] account = Bson.encode(account(id, rev));
        accounts.put(id, account);
        log.append(accounts, id, account);
    }

    private static Document document(MVMap<Object, byte[]> map, String id) {
        return Bson.decode(requireNonNull(map.get(id)));
    }

    private static Document account(String id, int rev) {
        return new Document("_id", id).append("rev", rev);
    }

    private MVMap<Object, byte[]> afterAKill() throws IOException {
        return accounts(recovered(kill()));
    }

    /** The folder as a killed process leaves it. */
    private Path kill() throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy-" + copies++));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        store.closeImmediately();
        return copy;
    }

    private MVStore recovered(Path folder) {
        store = open(folder.resolve("mongo.mv"));
        RedoLog.open(store).close();
        return store;
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".redo")).toList();
        }
    }

    private static Path only(List<Path> files) {
        assertThat(files).hasSize(1);
        return files.getFirst();
    }
}
