package io.drawdown.embedded.stripe.api;

import java.util.List;
import java.util.Set;

/** What a key may do. */
public enum KeyKind {
    /** Everything. */
    SECRET,
    /** What {@code docs/operations.md} says of the key of billing-batch. */
    RESTRICTED,
    /** What a browser does: it makes payment methods, and uses an intent with its client secret. */
    PUBLISHABLE;

    private static final Set<String> WRITES =
            Set.of("customers", "payment_methods", "setup_intents", "payment_intents", "refunds");
    private static final Set<String> READS = Set.of("charges", "disputes", "events", "account");

    /** Without a client secret. */
    boolean mayCall(Route route) {
        String object = List.of(route.path().split("/")).get(2);
        return switch (this) {
            case SECRET -> true;
            case RESTRICTED -> WRITES.contains(object) || (route.method().equals("GET") && READS.contains(object));
            case PUBLISHABLE -> (route.method() + route.path()).equals("POST/v1/payment_methods");
        };
    }
}
