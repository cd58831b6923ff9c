package io.drawdown.embedded.stripe.store;

import java.security.SecureRandom;

/** New ids in Stripe's form: a prefix and letters and digits at random. */
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String next(String prefix) {
        byte[] random = new byte[LENGTH];
        RANDOM.nextBytes(random);
        StringBuilder id = new StringBuilder(prefix).append('_');
        for (byte next : random) {
            id.append(ALPHABET.charAt((next & 0xff) % ALPHABET.length()));
        }
        return id.toString();
    }
}
