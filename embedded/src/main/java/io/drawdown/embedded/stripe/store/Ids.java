package io.drawdown.embedded.stripe.store;

import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * New ids in Stripe's form: a prefix, and letters and digits. They begin with the time, so that new objects lie side by side
 * in the file and a commit writes few pages; the rest is random.
 */
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource MACHINE = InstantSource.system();

    private Ids() {}

    public static String next(String prefix) {
        byte[] random = new byte[RANDOM_LENGTH];
        RANDOM.nextBytes(random);
        StringBuilder id =
                new StringBuilder(prefix).append('_').append(Long.toString(MACHINE.millis(), Character.MAX_RADIX));
        for (byte next : random) {
            id.append(ALPHABET.charAt((next & 0xff) % ALPHABET.length()));
        }
        return id.toString();
    }
}
