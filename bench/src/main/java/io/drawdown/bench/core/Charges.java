package io.drawdown.bench.core;

import io.drawdown.bench.load.Operation;
import io.drawdown.bench.stack.HttpApi;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One-off charges over HTTP, each with a key of its own. */
public final class Charges {

    private static final String BODY = "{\"meter\":\"ai_search\"}";

    private Charges() {}

    /** Charges the accounts by turns. */
    public static Operation on(HttpApi credits, Accounts accounts) {
        String run = UUID.randomUUID().toString();
        AtomicLong charges = new AtomicLong();
        return () -> {
            long number = charges.getAndIncrement();
            Map<String, String> key = Map.of("Idempotency-Key", run + "-" + number);
            return credits.post("accounts/" + accounts.id(number) + "/charges", key, BODY);
        };
    }
}
