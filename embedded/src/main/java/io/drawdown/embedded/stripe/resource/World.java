package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonObject;

/** What all resources share. */
record World(AccountObjects objects, StripeClock clock, Events events) {

    void update(Call call, JsonObject object) {
        objects.of(call).update(object);
    }

    /** Changes an object and publishes an event that shows it. */
    void update(Call call, JsonObject object, String event) {
        update(call, object);
        events.publish(call, event, object);
    }

    /** The metadata of an object after the call's: a key with an empty text is removed. */
    static JsonObject metadata(JsonObject object, Call call) {
        JsonObject merged = object.getJsonObject("metadata", new JsonObject()).copy();
        if ("".equals(call.params().getValue("metadata"))) {
            return new JsonObject();
        }
        call.object("metadata").forEach(entry -> {
            if ("".equals(entry.getValue())) {
                merged.remove(entry.getKey());
            } else {
                merged.put(entry.getKey(), entry.getValue());
            }
        });
        return merged;
    }

    /** A browser may use an object only with its secret. */
    static void requireSecret(Call call, JsonObject object) {
        String given = call.params().getString("client_secret");
        if (given == null ? call.publishable() : !given.equals(object.getString("client_secret"))) {
            throw StripeError.validation("The client_secret is not this object's.", "client_secret");
        }
    }
}
