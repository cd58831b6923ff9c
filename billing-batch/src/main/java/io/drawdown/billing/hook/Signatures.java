package io.drawdown.billing.hook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Checks who has sent a delivery, over its raw bytes ({@code Stripe-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body">[,v1=…]}). Any
 * of the secrets may have signed it, so that a secret can be rotated. (Stripe, <a
 * href="https://docs.stripe.com/webhooks/signature">Verify webhook signatures</a>.)
 */
public final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int CODE_CHARACTERS = 64;
    private static final int MOST_CODES = 16;
    private static final int MOST_DIGITS = 12;

    private final List<SecretKeySpec> secrets;
    private final Duration tolerance;

    /** @param tolerance how old a delivery may be, and how far ahead its sender's clock */
    public Signatures(List<String> secrets, Duration tolerance) {
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM))
                .toList();
        this.tolerance = tolerance;
    }

    public boolean isConfigured() {
        return !secrets.isEmpty();
    }

    /** What is wrong with the signature; null if nothing is. */
    public @Nullable String fault(byte[] body, String header, Instant now) {
        Signed signed = parse(header);
        if (signed == null) {
            return "Stripe-Signature cannot be read";
        }
        if (secrets.stream().noneMatch(secret -> signed.isOf(secret, body))) {
            return "Stripe-Signature is not that of a secret of this service";
        }
        boolean isFresh = Duration.between(Instant.ofEpochSecond(signed.seconds()), now)
                        .abs()
                        .compareTo(tolerance)
                <= 0;
        return isFresh ? null : "Stripe-Signature is of another time";
    }

    private record Signed(long seconds, List<byte[]> codes) {

        boolean isOf(SecretKeySpec secret, byte[] body) {
            byte[] code = code(secret, seconds, body);
            boolean isOne = false;
            for (byte[] given : codes) {
                isOne |= MessageDigest.isEqual(code, given);
            }
            return isOne;
        }
    }

    private static @Nullable Signed parse(String header) {
        String time = null;
        List<byte[]> codes = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                return null;
            }
            String name = part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t")) {
                if (time != null || !isNumber(value)) {
                    return null;
                }
                time = value;
            } else if (name.equals("v1")) {
                if (!isCode(value) || codes.size() == MOST_CODES) {
                    return null;
                }
                codes.add(HexFormat.of().parseHex(value));
            }
        }
        return time == null || codes.isEmpty() ? null : new Signed(Long.parseLong(time), codes);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isCode(String text) {
        return text.length() == CODE_CHARACTERS && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private static byte[] code(SecretKeySpec secret, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((seconds + ".").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Signatures[secrets=" + secrets.size() + "]";
    }
}
