package io.drawdown.kit.runtime;

import io.drawdown.kit.security.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class VerificationKeyTest {

    @TempDir
    Path folder;

    @Test
    void publicKeyIsAccepted() {
        // Given
        Path file = Path.of(URI.create(TestTokens.publicKeyLocation()));
        // When, Then
        assertThat(VerificationKey.defectOf(file)).isEmpty();
    }

    @Test
    void plainHttpIsForThisMachineOnly() {
        assertThat(List.of(
                        "http://localhost:8180/keys",
                        "HTTP://127.0.0.1/keys",
                        "http://[::1]:1/",
                        "https://sso.example/"))
                .noneMatch(VerificationKey::isOpenToOthers);
        assertThat(List.of(
                        "http://sso.example/keys",
                        "HTTP://sso.example/keys",
                        "http://localhost:x@sso.example/",
                        "http://localhost.sso.example/",
                        "http://a b/"))
                .allMatch(VerificationKey::isOpenToOthers);
    }

    @Test
    void fileThatCannotVerifyTokensIsExplained() throws IOException {
        // Given
        Path garbage = Files.write(folder.resolve("garbage.pem"), new byte[] {(byte) 0xFF, 0, 1});
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n");
        // When, Then
        assertThat(VerificationKey.defectOf(folder.resolve("absent.pem"))).isEqualTo("there is no such file");
        assertThat(VerificationKey.defectOf(folder)).startsWith("the file cannot be read");
        assertThat(VerificationKey.defectOf(garbage)).startsWith("the file holds no public key");
        assertThat(VerificationKey.defectOf(damaged)).isEqualTo("the public key in the file is damaged");
    }
}
