package io.drawdown.kit.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The secret with which a client resumes its session: 256 random bits, of which only the hash is stored. */
public final class SocketToken {

    private static final int BYTES = 32;

    private SocketToken() {}

    /** @param random unpredictable, except in tests */
    public static String make(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hexadecimal. */
    public static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Compares in constant time. */
    public static boolean matches(String token, String hash) {
        return MessageDigest.isEqual(hash(token).getBytes(UTF_8), hash.getBytes(UTF_8));
    }
}
