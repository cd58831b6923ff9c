package io.drawdown.embedded.stripe.api;

import io.drawdown.embedded.stripe.store.Records;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Puts objects in the place of their ids, where {@code expand} asks for it. */
final class Expansion {

    private static final Set<String> EXPANDABLE = Set.of(
            "balance_transaction",
            "charge",
            "customer",
            "default_payment_method",
            "latest_attempt",
            "latest_charge",
            "payment_intent",
            "payment_method",
            "refund",
            "source");

    private static final int DEEPEST = 4;

    private final Records records;

    Expansion(Records records) {
        this.records = records;
    }

    /** @throws StripeError if the path leads to nothing that can be expanded */
    void expand(JsonObject object, String path) {
        String[] steps = path.split("\\.", -1);
        if (steps.length > DEEPEST || !expand(object, steps, 0)) {
            throw StripeError.validation("The property " + path + " cannot be expanded.", "expand");
        }
    }

    private boolean expand(JsonObject object, String[] steps, int step) {
        if (step == steps.length) {
            return true;
        }
        String name = steps[step];
        Object value = object.getValue(name);
        if (value instanceof JsonArray list) {
            return list.stream()
                    .allMatch(element -> element instanceof JsonObject inner && expand(inner, steps, step + 1));
        }
        if (value instanceof JsonObject inner) {
            return expand(inner, steps, step + 1);
        }
        if (!EXPANDABLE.contains(name) || !object.containsKey(name)) {
            return false;
        }
        Optional<JsonObject> found = Optional.ofNullable(value).flatMap(id -> records.find(id.toString()));
        found.map(AccountObjects::shown).ifPresent(inner -> {
            object.put(name, inner);
            if (!expand(inner, steps, step + 1)) {
                throw StripeError.validation(
                        "The property " + String.join(".", steps) + " cannot be expanded.", "expand");
            }
        });
        return true;
    }
}
