package io.drawdown.cli.tokens;

import io.drawdown.cli.files.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The folder with the secrets of the local stack, readable only by their owner: the key pair, {@code private.pem} and {@code
 * public.pem}, what a caller of billing-batch's worker sends, {@link #WORKER_SECRET}, and {@link #STRIPE_WEBHOOK_SECRET}.
 */
public final class KeyPairFolder {

    /** The file with the worker's secret. */
    public static final String WORKER_SECRET = "worker-secret";

    /** The file with the secret by which the stand-in for Stripe signs webhooks. */
    public static final String STRIPE_WEBHOOK_SECRET = "stripe-webhook-secret";

    private static final int SECRET_BYTES = 32;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final int KEY_BITS = 2_048;

    private final Path folder;

    public KeyPairFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the private key; the first call creates the pair and the other secrets. Fails with a one-line message if the pair cannot be used.
     */
    public PrivateKey privateKey() {
        try {
            if (!Files.exists(privateFile()) || !Files.exists(publicFile())) {
                generate();
            }
            writeUnlessThere(WORKER_SECRET, "");
            writeUnlessThere(STRIPE_WEBHOOK_SECRET, "whsec_");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key pair in " + folder + " cannot be written: " + FileFault.reasonOf(e), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK makes no RSA keys", e);
        }
        RSAPrivateKey signing =
                read(privateFile(), (keys, body) -> keys.generatePrivate(new PKCS8EncodedKeySpec(body)));
        RSAPublicKey verifying = read(publicFile(), (keys, body) -> keys.generatePublic(new X509EncodedKeySpec(body)));
        if (!signing.getModulus().equals(verifying.getModulus())) {
            throw unusable(privateFile(), "does not belong to the public key beside it");
        }
        return signing;
    }

    private interface Decoder {
        Key decode(KeyFactory keys, byte[] body) throws GeneralSecurityException;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // the caller names the kind of key that its decoder makes
    private <K extends Key> K read(Path file, Decoder decoder) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            byte[] body = Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----|\\s", ""));
            return (K) decoder.decode(KeyFactory.getInstance("RSA"), body);
        } catch (IOException e) {
            throw unusable(file, "cannot be read, " + FileFault.reasonOf(e));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, "is damaged");
        }
    }

    private UncheckedIOException unusable(Path file, String defect) {
        String line = "The key file " + file + " " + defect + ": delete the folder " + folder
                + "; the next start creates a new pair (earlier tokens are then invalid)";
        return new UncheckedIOException(line, new IOException(line));
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

    /** The secret in that file, which {@link #privateKey} makes. */
    public String secret(String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException e) {
            throw unusable(folder.resolve(name), "cannot be read, " + FileFault.reasonOf(e));
        }
    }

    private void writeUnlessThere(String name, String prefix) throws IOException {
        if (!Files.exists(folder.resolve(name))) {
            write(folder.resolve(name), prefix + newSecret());
        }
    }

    private static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** Writes a file atomically, readable only by its owner: a reader sees the old content or the new. */
    static void write(Path file, String content) throws IOException {
        Path temporary = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String pem(String type, byte[] key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
