package io.drawdown.kit.security;

import io.drawdown.kit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Signs tokens with a key pair that lives as long as the tests' process. */
public final class TestTokens {

    private static final KeyPair KEYS = newKeys();
    private static final Duration VALID = Duration.ofHours(1);

    /** By caller: to sign costs more than most requests. */
    private static final Map<List<String>, String> SIGNED = new ConcurrentHashMap<>();

    /** Made when they are needed. */
    private static final class Foreign {
        private static final KeyPair KEYS = newKeys();
    }

    private TestTokens() {}

    /** A file with the public key as PEM, for {@code mp.jwt.verify.publickey.location}. */
    public static String publicKeyLocation() {
        try {
            Path file = Files.createTempFile("drawdown-public", ".pem");
            file.toFile().deleteOnExit();
            String key = Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded());
            Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
            return file.toUri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Valid for an hour, in which the same caller has the same one. */
    public static String of(String subject, String... groups) {
        List<String> caller =
                Stream.concat(Stream.of(subject), Stream.of(groups)).toList();
        return SIGNED.computeIfAbsent(caller, _ -> validFor(VALID, subject, groups));
    }

    /** A negative duration makes one that has expired. */
    public static String validFor(Duration duration, String subject, String... groups) {
        return sign(KEYS, duration, subject, groups);
    }

    /** Signed with a key that nobody trusts. */
    public static String forged(String subject, String... groups) {
        return sign(Foreign.KEYS, VALID, subject, groups);
    }

    /** Signed with our key, with the claims of {@code json}, whatever they are. */
    public static String withClaims(String json) {
        return signed(KEYS, base64(json.getBytes(UTF_8)));
    }

    private static String sign(KeyPair keys, Duration validFor, String subject, String... groups) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = Map.of(
                "iss",
                "drawdown",
                "aud",
                "drawdown",
                "sub",
                subject,
                "groups",
                List.of(groups),
                "iat",
                now,
                "exp",
                now + validFor.toSeconds(),
                "jti",
                UUID.randomUUID().toString());
        return signed(keys, part(claims));
    }

    private static String signed(KeyPair keys, String claims) {
        String unsigned = part(Map.of("alg", "RS256", "typ", "JWT")) + "." + claims;
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(unsigned.getBytes(UTF_8));
            return unsigned + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> claims) {
        return base64(Json.bytes(claims));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
