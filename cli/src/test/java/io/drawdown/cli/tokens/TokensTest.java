package io.drawdown.cli.tokens;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokensTest {

    @TempDir
    Path home;

    @Test
    void tokenStatesItsSubjectRoleAndExpiry() throws Exception {
        // Given
        Tokens tokens = new Tokens(new KeyPairFolder(keys()));

        // When
        JwtClaims claims = read(tokens.sign(Role.USER, "ada", Duration.ofMinutes(30)));

        // Then
        assertThat(claims.getSubject()).isEqualTo("ada");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("user");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isEqualTo(1_800);
    }

    @Test
    void expiredTokenIsRefused() {
        // Given
        Tokens tokens = new Tokens(new KeyPairFolder(keys()));

        // When
        String token = tokens.sign(Role.GATEWAY, "gateway", Duration.ofMinutes(-1));

        // Then
        assertThatThrownBy(() -> read(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void onlyTheOwnerCanReadKeysAndServiceToken() throws Exception {
        // Given
        Path tokenFile = keys().resolve("service.token");

        // When
        try (ScheduledExecutorService renewals = new Tokens(new KeyPairFolder(keys()))
                .keepServiceTokens(Map.of(tokenFile, "session-service"), line -> {})) {
            renewals.shutdownNow();
        }

        // Then
        assertThat(permissions(keys())).isEqualTo("rwx------");
        assertThat(permissions(keys().resolve("private.pem"))).isEqualTo("rw-------");
        assertThat(permissions(keys().resolve(KeyPairFolder.WORKER_SECRET))).isEqualTo("rw-------");
        assertThat(Files.readString(keys().resolve(KeyPairFolder.WORKER_SECRET)))
                .hasSizeGreaterThan(32);
        assertThat(permissions(tokenFile)).isEqualTo("rw-------");
        assertThat(read(Files.readString(tokenFile)).getStringListClaimValue("groups"))
                .containsExactly("service");
    }

    @Test
    void keyPairIsCreatedOnce() throws Exception {
        // Given
        String earlier = new Tokens(new KeyPairFolder(keys())).sign(Role.OPERATOR, "operator", Tokens.DEFAULT_LIFE);

        // When
        new Tokens(new KeyPairFolder(keys()));

        // Then
        assertThat(read(earlier).getSubject()).isEqualTo("operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private.pem", "public.pem"})
    void keyFileThatCannotBeUsedIsNamedWithWhatToDo(String name) throws Exception {
        // Given
        new Tokens(new KeyPairFolder(keys()));
        byte[] garbage = {(byte) 0xFF, (byte) 0xFE, 0, 17};
        for (FileChange change : List.<FileChange>of(
                file -> Files.write(file, garbage),
                file -> Files.writeString(file, ""),
                file -> Files.copy(others().resolve(name), file, REPLACE_EXISTING),
                file -> {
                    Files.delete(file);
                    Files.createDirectory(file);
                })) {
            change.apply(keys().resolve(name));

            // When // Then
            assertThatThrownBy(() -> new Tokens(new KeyPairFolder(keys())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("The key file " + keys())
                    .hasMessageContaining(": delete the folder " + keys());
        }
    }

    @Test
    void folderThatCannotBeCreatedIsNamed() throws Exception {
        // Given
        Files.createFile(home.resolve("keys"));

        // When // Then
        assertThatThrownBy(() -> new Tokens(new KeyPairFolder(keys())))
                .hasMessage("The key pair in " + keys() + " cannot be written: a file is in its place");
    }

    private Path others() {
        Path folder = home.resolve("others");
        new Tokens(new KeyPairFolder(folder));
        return folder;
    }

    private interface FileChange {
        void apply(Path file) throws Exception;
    }

    private Path keys() {
        return home.resolve("keys");
    }

    private JwtClaims read(String token) throws Exception {
        String pem = Files.readString(keys().resolve("public.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        PublicKey key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setExpectedIssuer("drawdown")
                .setExpectedAudience("drawdown")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
