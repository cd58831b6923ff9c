package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.card.CardBehaviour;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/setup_intents}: how a customer gets a card that can be charged while they are away. */
final class SetupIntents {

    private static final Set<String> OPEN =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");
    private static final String ATTEMPT = "payment_method payment_method_data{" + PaymentMethods.DATA
            + "} payment_method_options* return_url mandate_data* use_stripe_sdk:bool client_secret expand[]";
    private static final String CREATE = ATTEMPT + " customer confirm:bool description metadata{} usage"
            + " payment_method_types[] automatic_payment_methods{enabled:bool allow_redirects}";

    private final World world;
    private final Cards cards;

    SetupIntents(World world, Cards cards) {
        this.world = world;
        this.cards = cards;
    }

    List<Route> routes() {
        String one = "/v1/setup_intents/{id}";
        return List.of(
                Route.post("/v1/setup_intents", CREATE, this::create),
                Route.get(
                        "/v1/setup_intents",
                        "customer payment_method created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get(one, "client_secret expand[]", this::require),
                Route.post(one + "/confirm", ATTEMPT, this::confirm),
                Route.post(one + "/cancel", "cancellation_reason expand[]", this::cancel));
    }

    private JsonObject create(Call call) {
        call.text("customer").ifPresent(id -> world.objects().requireNamed(call, "customer", "customer", id));
        Optional<JsonObject> method = method(call);
        String id = Ids.next("seti");
        List<String> types = call.list("payment_method_types");
        JsonObject intent = new JsonObject()
                .put("id", id)
                .put("object", "setup_intent")
                .put("cancellation_reason", null)
                .put("client_secret", Ids.next(id + "_secret"))
                .put("created", world.clock().now())
                .put("customer", call.text("customer").orElse(null))
                .put("description", call.text("description").orElse(null))
                .put("last_setup_error", null)
                .put("latest_attempt", null)
                .put("livemode", false)
                .put("mandate", null)
                .put("metadata", World.metadata(new JsonObject(), call))
                .put("next_action", null)
                .put(
                        "payment_method",
                        method.map(found -> found.getString("id")).orElse(null))
                .put("payment_method_types", new JsonArray(types.isEmpty() ? List.of("card") : types))
                .put("status", method.isPresent() ? "requires_confirmation" : "requires_payment_method")
                .put("usage", call.text("usage").orElse("off_session"));
        world.objects().of(call).insert(intent);
        call.text("customer").ifPresent(owner -> world.objects().of(call).index(intent, "customer=" + owner));
        world.events().publish(call, "setup_intent.created", intent);
        if (call.isTrue("confirm")) {
            attempt(call, intent, method);
        }
        return intent;
    }

    private Optional<JsonObject> method(Call call) {
        if (call.params().containsKey("payment_method_data")) {
            return Optional.of(cards.create(call, call.object("payment_method_data")));
        }
        return call.text("payment_method").map(id -> cards.resolve(call, "payment_method", id));
    }

    private JsonObject require(Call call) {
        JsonObject intent = world.objects().require(call, "setup_intent", call.id());
        World.requireSecret(call, intent);
        return intent;
    }

    private JsonObject confirm(Call call) {
        JsonObject intent = require(call);
        requireOpen(intent);
        attempt(call, intent, method(call));
        return intent;
    }

    private void attempt(Call call, JsonObject intent, Optional<JsonObject> given) {
        JsonObject method = given.or(() -> Optional.ofNullable(intent.getString("payment_method"))
                        .map(id -> world.objects().requireNamed(call, "payment_method", "payment_method", id)))
                .orElseThrow(() -> unexpected(intent, "It has no payment method to be confirmed with."));
        intent.put("payment_method", method.getString("id")).put("last_setup_error", null);
        if (cards.behaviour(method) instanceof CardBehaviour.Authenticates) {
            intent.put("status", "requires_action").put("next_action", PaymentAttempts.nextAction(call, intent));
            world.update(call, intent, "setup_intent.requires_action");
        } else {
            finish(call, intent, method);
        }
    }

    /** What the holder was asked for is done, or not. */
    void authenticated(Call call, JsonObject intent, JsonObject method, boolean succeeded) {
        intent.put("next_action", null);
        if (succeeded) {
            finish(call, intent, method);
        } else {
            throw fail(
                    call,
                    intent,
                    method,
                    Cards.declined(CardBehaviour.AUTHENTICATION_FAILED)
                            .with("code", "setup_intent_authentication_failure"));
        }
    }

    private void finish(Call call, JsonObject intent, JsonObject method) {
        try {
            Optional.ofNullable(intent.getString("customer")).ifPresent(owner -> cards.attach(call, method, owner));
        } catch (StripeError declined) {
            throw fail(call, intent, method, declined);
        }
        cards.markSetUp(call, method);
        intent.put("status", "succeeded");
        world.update(call, intent, "setup_intent.succeeded");
    }

    private StripeError fail(Call call, JsonObject intent, JsonObject method, StripeError failure) {
        failure.with("payment_method", AccountObjects.shown(method));
        intent.put("last_setup_error", failure.error().copy())
                .put("payment_method", null)
                .put("status", "requires_payment_method");
        world.update(call, intent, "setup_intent.setup_failed");
        return failure.with("setup_intent", AccountObjects.shown(intent));
    }

    private JsonObject cancel(Call call) {
        JsonObject intent = require(call);
        requireOpen(intent);
        intent.put("status", "canceled")
                .put("next_action", null)
                .put("cancellation_reason", call.text("cancellation_reason").orElse(null));
        world.update(call, intent, "setup_intent.canceled");
        return intent;
    }

    private static void requireOpen(JsonObject intent) {
        if (!OPEN.contains(intent.getString("status"))) {
            throw unexpected(intent, "It is " + intent.getString("status") + " and cannot change.");
        }
    }

    private static StripeError unexpected(JsonObject intent, String message) {
        return StripeError.state("setup_intent_unexpected_state", message)
                .with("setup_intent", AccountObjects.shown(intent));
    }

    private JsonObject list(Call call) {
        Optional<String> method = call.text("payment_method");
        return world.objects()
                .page(
                        call,
                        "setup_intent",
                        call.text("customer").map(id -> "customer=" + id).orElse(""),
                        intent -> method.isEmpty() || method.get().equals(intent.getString("payment_method")))
                .put("url", "/v1/setup_intents");
    }
}
