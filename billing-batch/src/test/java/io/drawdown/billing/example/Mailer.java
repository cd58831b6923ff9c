package io.drawdown.billing.example;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Sends once per key. */
@Singleton
public final class Mailer {

    private final Set<String> keys = new ConcurrentSkipListSet<>();

    String send(String to, String key) {
        keys.add(key);
        return "mail to " + to;
    }

    Set<String> keys() {
        return keys;
    }
}
