package io.drawdown.embedded.stripe.store;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** New ids in Stripe's form: a prefix and letters and digits at random. */
public final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String next(String prefix) {
        return prefix + "_"
                + RANDOM.ints(LENGTH, 0, ALPHABET.length())
                        .mapToObj(index -> ALPHABET.substring(index, index + 1))
                        .collect(Collectors.joining());
    }
}
