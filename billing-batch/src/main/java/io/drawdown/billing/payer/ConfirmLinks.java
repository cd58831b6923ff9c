package io.drawdown.billing.payer;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Links by which whoever has one may confirm one payment in person. A link names the payer, the PaymentIntent and its end, and is
 * signed (HMAC-SHA256, RFC 2104); nothing of it is stored.
 */
public final class ConfirmLinks {

    /** Where links lead; the token follows. */
    public static final String ADDRESS = "/api/v1/confirmations/";

    /** What a token looks like. */
    public static final String TOKEN = "[A-Za-z0-9_-]{1,300}\\.[A-Za-z0-9_-]{43}";

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern CONTENT =
            Pattern.compile("([A-Za-z0-9_.-]{1,64})\\|(pi_[A-Za-z0-9_]{1,128})\\|(\\d{1,12})");

    private final SecretKeySpec key;
    private final Duration lifetime;

    /** @param secret shared by all instances and by no others; the key of the links is derived from it */
    public ConfirmLinks(String secret, Duration lifetime) {
        this.lifetime = lifetime;
        SecretKeySpec master = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.key = new SecretKeySpec(code(master, "drawdown confirmation links"), ALGORITHM);
    }

    /** What a token opens. */
    public sealed interface Opened {

        record Valid(String payerId, String paymentIntent, Instant until) implements Opened {}

        record Expired() implements Opened {}

        /** It is none of ours. */
        record Forged() implements Opened {}
    }

    /** The address of a link that is good from now on for the configured time. */
    public String address(String payerId, String paymentIntent, Instant now) {
        String content =
                payerId + "|" + paymentIntent + "|" + now.plus(lifetime).getEpochSecond();
        String shown = encode(content.getBytes(UTF_8));
        return ADDRESS + shown + "." + encode(code(key, shown));
    }

    public Opened open(String token, Instant now) {
        int dot = token.indexOf('.');
        String shown = token.substring(0, Math.max(0, dot));
        boolean isOurs = dot > 0 && MessageDigest.isEqual(code(key, shown), decode(token.substring(dot + 1)));
        Matcher content = CONTENT.matcher(isOurs ? new String(decode(shown), UTF_8) : "");
        if (!content.matches()) {
            return new Opened.Forged();
        }
        Instant until = Instant.ofEpochSecond(Long.parseLong(content.group(3)));
        return now.isBefore(until) ? new Opened.Valid(content.group(1), content.group(2), until) : new Opened.Expired();
    }

    private static byte[] code(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }
}
