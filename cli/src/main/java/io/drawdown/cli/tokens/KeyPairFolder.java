package io.drawdown.cli.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The folder with the key pair of the local stack: {@code private.pem} and {@code public.pem}, for its owner's eyes only. */
public final class KeyPairFolder {

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int KEY_BITS = 2_048;

    private final Path folder;

    public KeyPairFolder(Path folder) {
        this.folder = folder;
    }

    /** The private key; the first call of all makes the pair. */
    public PrivateKey privateKey() {
        try {
            if (!Files.exists(privateFile()) || !Files.exists(publicFile())) {
                generate();
            }
            String body = Files.readString(privateFile()).replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (IOException e) {
            throw new UncheckedIOException("The key pair in " + folder + " cannot be used: " + e.getMessage(), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The key in " + privateFile() + " cannot be read; delete the folder to make a new pair", e);
        }
    }

    private Path privateFile() {
        return folder.resolve("private.pem");
    }

    private Path publicFile() {
        return folder.resolve("public.pem");
    }

    private void generate() throws IOException, GeneralSecurityException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair pair = generator.generateKeyPair();
        write(publicFile(), pem(PUBLIC, pair.getPublic().getEncoded()));
        write(privateFile(), pem(PRIVATE, pair.getPrivate().getEncoded()));
    }

    /** Writes a file that only its owner may read, at once: a reader sees the old content or the new, never a part. */
    static void write(Path file, String content) throws IOException {
        Path temporary = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(String type, byte[] key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
