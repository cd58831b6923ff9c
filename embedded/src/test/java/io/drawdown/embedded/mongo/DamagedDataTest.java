package io.drawdown.embedded.mongo;

import io.drawdown.embedded.ServerChild;
import io.drawdown.embedded.kafka.FreePort;
import io.drawdown.embedded.kafka.KafkaMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that cannot start says in one sentence which file or port is the reason and what to do. */
class DamagedDataTest {

    private static final String ADVICE = "'./drawdown reset' removes the data of the local stack";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void damagedDatabaseIsNamed(int wholeBytes) throws IOException {
        // Given
        try (EmbeddedMongo mongo = EmbeddedMongo.start(directory, 0)) {
            assertThat(mongo.port()).isPositive();
        }
        Path file = directory.resolve("mongo.mv");
        byte[] content = Arrays.copyOf(Files.readAllBytes(file), 20_000);
        byte[] garbage = new byte[content.length - wholeBytes];
        new Random(wholeBytes).nextBytes(garbage);
        System.arraycopy(garbage, 0, content, wholeBytes, garbage.length);
        Files.write(file, content);

        // When // Then
        assertThatThrownBy(() -> ServerChild.start(MongoMain.class, directory, 0))
                .hasMessageContaining("The database could not start: its data in " + directory + " is damaged")
                .hasMessageContaining(ADVICE)
                .message()
                .doesNotContain("\tat ");
    }

    @Test
    void damagedBrokerIsNamed() throws IOException {
        // Given
        Files.writeString(directory.resolve("meta.properties"), "\u0001 nothing of this kind");

        // When // Then
        assertThatThrownBy(() -> ServerChild.start(KafkaMain.class, directory, FreePort.find(), FreePort.find(), 1))
                .hasMessageContaining("The broker could not start: its data in " + directory + " is damaged")
                .hasMessageContaining(ADVICE)
                .message()
                .doesNotContain("\tat ");
    }

    @Test
    void fileInThePlaceOfAFolderIsNamed() throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("mongo"));

        // When // Then
        assertThatThrownBy(() -> ServerChild.start(MongoMain.class, file, 0))
                .hasMessageEndingWith("The database could not start: " + file
                        + " cannot be used, a file is in the place of the folder");
    }

    @Test
    void takenPortIsNamed() throws IOException {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // When // Then
            assertThatThrownBy(() -> ServerChild.start(MongoMain.class, directory, taken.getLocalPort()))
                    .hasMessageEndingWith("The database could not start: port " + taken.getLocalPort()
                            + " is taken by another process");
        }
    }
}
