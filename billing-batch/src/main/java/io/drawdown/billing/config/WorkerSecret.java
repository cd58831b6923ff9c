package io.drawdown.billing.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret of whoever calls the worker's endpoint. It is kept as a hash, compared in constant time, and never shown. */
public final class WorkerSecret {

    /** A shorter one could be guessed. */
    static final int LEAST_CHARACTERS = 32;

    private final byte @Nullable [] hash;

    private WorkerSecret(byte @Nullable [] hash) {
        this.hash = hash;
    }

    /** @throws ConfigurationException it is too short, or cannot be read; the message does not show it */
    public static WorkerSecret of(BatchConfig.Batch config) {
        Optional<String> secret =
                config.workerSecret().or(() -> config.workerSecretFile().map(WorkerSecret::read));
        if (secret.isPresent() && secret.get().length() < LEAST_CHARACTERS) {
            throw new ConfigurationException("the worker's secret (DRAWDOWN_BATCH_WORKER_SECRET, or the content of"
                    + " DRAWDOWN_BATCH_WORKER_SECRET_FILE) has " + secret.get().length()
                    + " characters: it must have " + LEAST_CHARACTERS + " or more");
        }
        return new WorkerSecret(secret.map(WorkerSecret::hash).orElse(null));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "DRAWDOWN_BATCH_WORKER_SECRET_FILE is \"" + file + "\": the file cannot be read", e);
        }
    }

    public boolean isConfigured() {
        return hash != null;
    }

    /** Whether it is the secret. */
    public boolean matches(String given) {
        return hash != null && MessageDigest.isEqual(hash, hash(given));
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
