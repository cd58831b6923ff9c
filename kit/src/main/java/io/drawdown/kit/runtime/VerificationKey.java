package io.drawdown.kit.runtime;

import io.drawdown.kit.faults.StartRefusal;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Refuses to start a service that cannot verify tokens: without the public key it would answer 401 to everybody. */
@Singleton
final class VerificationKey {

    private static final String LOCATION = "mp.jwt.verify.publickey.location";
    private static final String KEY = "drawdown.jwt-public-key (DRAWDOWN_JWT_PUBLIC_KEY)";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Config config;

    VerificationKey(Config config) {
        this.config = config;
    }

    /** Runs first: this mistake is known before the service waits for anything. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        config.getOptionalValue(LOCATION, String.class).ifPresent(VerificationKey::require);
    }

    /** An address is asked when the first token comes; over plain HTTP anybody on the way could put in a key. */
    private static void require(String location) {
        if (isOpenToOthers(location)) {
            throw StartRefusal.toStart(
                    KEY + " is \"" + location + "\": keys are read over https, or from this machine");
        }
        boolean isFile = location.startsWith("file:") || !location.contains(":");
        if (isFile) {
            Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
            String defect = defectOf(file);
            if (!defect.isEmpty()) {
                throw StartRefusal.toStart(KEY + " is \"" + file + "\": " + defect);
            }
        }
    }

    /** Whether it is an address by plain HTTP on another machine. */
    static boolean isOpenToOthers(String location) {
        try {
            URI address = new URI(location);
            return "http".equalsIgnoreCase(address.getScheme())
                    && (address.getHost() == null || !LOOPBACK.contains(address.getHost()));
        } catch (URISyntaxException e) {
            return location.regionMatches(true, 0, "http:", 0, "http:".length());
        }
    }

    /** The reason why the file cannot verify tokens; empty if it can. */
    static String defectOf(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (text.contains("-----BEGIN PUBLIC KEY-----")) {
                KeyUtils.decodePublicKey(text);
            } else if (!text.startsWith("{") && !text.contains("-----BEGIN CERTIFICATE-----")) {
                return "the file holds no public key; a public key in PEM is needed";
            }
            return "";
        } catch (NoSuchFileException e) {
            return "there is no such file";
        } catch (IOException e) {
            return "the file cannot be read (" + e.getMessage() + ")";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "the public key in the file is damaged";
        }
    }
}
