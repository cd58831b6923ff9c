package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.card.CardBehaviour;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a confirmation does to an intent: it succeeds, waits for the holder or for the network, or falls back to needing a
 * payment method.
 */
final class PaymentAttempts {

    private final World world;
    private final Cards cards;
    private final Charges charges;
    private final Disputes disputes;

    PaymentAttempts(World world, Cards cards, Charges charges, Disputes disputes) {
        this.world = world;
        this.cards = cards;
        this.charges = charges;
        this.disputes = disputes;
    }

    /** @throws StripeError 402 if the card is declined; the intent has changed then */
    void attempt(Call call, JsonObject intent, JsonObject method) {
        boolean offSession =
                call.text("off_session").filter(value -> !value.equals("false")).isPresent();
        requireUsable(intent, method);
        intent.put("payment_method", method.getString("id"))
                .put("next_action", null)
                .put("last_payment_error", null);
        boolean asks = cards.asksHolder(method, offSession);
        if (asks && (offSession || call.isTrue("error_on_requires_action"))) {
            throw decline(call, intent, method, CardBehaviour.AUTHENTICATION_REQUIRED);
        }
        if (asks) {
            intent.put("status", "requires_action").put("next_action", nextAction(call, intent));
            world.update(call, intent, "payment_intent.requires_action");
        } else {
            charge(call, intent, method);
        }
    }

    /** What the holder was asked for is done, or not. */
    void authenticated(Call call, JsonObject intent, JsonObject method, boolean succeeded) {
        intent.put("next_action", null);
        if (succeeded) {
            charge(call, intent, method);
        } else {
            throw decline(call, intent, method, CardBehaviour.AUTHENTICATION_FAILED);
        }
    }

    private void charge(Call call, JsonObject intent, JsonObject method) {
        CardBehaviour behaviour = cards.behaviour(method);
        cards.countAttempt(call, method);
        switch (behaviour) {
            case CardBehaviour.Declines declines -> throw decline(call, intent, method, declines);
            case CardBehaviour.StaysProcessing() -> {
                intent.put("status", "processing");
                world.update(call, intent, "payment_intent.processing");
            }
            case CardBehaviour.Disputes() -> disputes.open(call, succeed(call, intent, method), "fraudulent");
            case CardBehaviour.Pays() -> succeed(call, intent, method);
            case CardBehaviour.Authenticates authenticated -> succeed(call, intent, method);
        }
    }

    /** @return the charge */
    JsonObject succeed(Call call, JsonObject intent, JsonObject method) {
        JsonObject charge = charges.succeed(call, intent, method);
        intent.put("latest_charge", charge.getString("id"));
        if (intent.getString("setup_future_usage") != null) {
            Optional.ofNullable(intent.getString("customer")).ifPresent(owner -> cards.attach(call, method, owner));
            cards.markSetUp(call, method);
        }
        long amount = intent.getLong("amount");
        if (charge.getBoolean("captured")) {
            intent.put("status", "succeeded").put("amount_received", amount);
            world.update(call, intent, "payment_intent.succeeded");
        } else {
            intent.put("status", "requires_capture").put("amount_capturable", amount);
            world.update(call, intent, "payment_intent.amount_capturable_updated");
        }
        return charge;
    }

    /** @return the error for the client; the intent is as after the attempt */
    StripeError decline(Call call, JsonObject intent, JsonObject method, CardBehaviour.Declines declines) {
        JsonObject charge = charges.decline(call, intent, method, declines);
        JsonObject error = declines.error()
                .put("charge", charge.getString("id"))
                .put("payment_method", AccountObjects.shown(method));
        intent.put("latest_charge", charge.getString("id"))
                .put("last_payment_error", error)
                .put("payment_method", null)
                .put("status", "requires_payment_method");
        world.update(call, intent, "payment_intent.payment_failed");
        StripeError refused = Cards.declined(declines);
        error.forEach(field -> refused.with(field.getKey(), field.getValue()));
        return refused.with("payment_intent", AccountObjects.shown(intent));
    }

    private static void requireUsable(JsonObject intent, JsonObject method) {
        String owner = method.getString("customer");
        boolean usable =
                owner == null ? !method.getBoolean("_spent", false) : owner.equals(intent.getString("customer"));
        if (!usable) {
            throw StripeError.state(
                            "payment_method_unexpected_state",
                            "The payment method belongs to another customer than the intent, or to nobody any more.")
                    .with("param", "payment_method");
        }
    }

    /** Where the holder of the card takes part: a page of the stand-in. */
    static JsonObject nextAction(Call call, JsonObject intent) {
        String page = call.base() + "/_oracle/authenticate/" + intent.getString("id");
        Optional<String> returnUrl = call.text("return_url");
        return returnUrl
                .map(url -> new JsonObject()
                        .put("type", "redirect_to_url")
                        .put(
                                "redirect_to_url",
                                new JsonObject().put("url", page).put("return_url", url)))
                .orElseGet(() -> new JsonObject()
                        .put("type", "use_stripe_sdk")
                        .put(
                                "use_stripe_sdk",
                                new JsonObject()
                                        .put("type", "three_d_secure_redirect")
                                        .put("stripe_js", page)));
    }
}
