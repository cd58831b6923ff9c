package io.drawdown.sessions.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The ids of sessions, derived by SHA-256. */
public final class SessionIds {

    public static final String PREFIX = "ses_";

    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;

    private SessionIds() {}

    /** One account's start key always names the same session: 130 bits. */
    public static String of(String accountId, String startKey) {
        byte[] hash = sha256(accountId + '\0' + startKey);
        StringBuilder id = new StringBuilder(PREFIX);
        int bits = 0;
        int held = 0;
        for (int next = 0; id.length() < PREFIX.length() + LENGTH; held -= 5) {
            while (held < 5) {
                bits = ((bits << 8) | (hash[next++] & 0xff)) & 0xffff;
                held += 8;
            }
            id.append(BASE_32.charAt(bits >> (held - 5) & 31));
        }
        return id.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
