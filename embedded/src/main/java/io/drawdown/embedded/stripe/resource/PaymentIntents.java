package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/payment_intents}. */
final class PaymentIntents {

    private static final long LEAST_CENTS = 50;
    private static final long MOST_CENTS = 99_999_999;
    private static final Set<String> CONFIRMABLE =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");
    private static final Set<String> CANCELABLE =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture");
    private static final List<String> TEXTS =
            List.of("description", "receipt_email", "setup_future_usage", "statement_descriptor_suffix");
    private static final String ATTEMPT = "payment_method payment_method_data{" + PaymentMethods.DATA
            + "} payment_method_types[] payment_method_options* off_session return_url mandate mandate_data*"
            + " error_on_requires_action:bool use_stripe_sdk:bool client_secret receipt_email setup_future_usage expand[]";
    private static final String CREATE = ATTEMPT + " amount:int! currency! customer confirm:bool confirmation_method"
            + " capture_method metadata{} description statement_descriptor statement_descriptor_suffix transfer_group"
            + " automatic_payment_methods{enabled:bool allow_redirects}";
    private static final String UPDATE = "amount:int payment_method metadata{}"
            + " description receipt_email setup_future_usage statement_descriptor_suffix expand[]";

    private final World world;
    private final Cards cards;
    private final Charges charges;
    private final PaymentAttempts attempts;

    PaymentIntents(World world, Cards cards, Charges charges, PaymentAttempts attempts) {
        this.world = world;
        this.cards = cards;
        this.charges = charges;
        this.attempts = attempts;
    }

    List<Route> routes() {
        String one = "/v1/payment_intents/{id}";
        return List.of(
                Route.post("/v1/payment_intents", CREATE, this::create),
                Route.get(
                        "/v1/payment_intents",
                        "customer created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get(one, "client_secret expand[]", this::require),
                Route.post(one, UPDATE, this::update),
                Route.post(one + "/confirm", ATTEMPT, this::confirm),
                Route.post(one + "/capture", "expand[]", this::capture),
                Route.post(one + "/cancel", "cancellation_reason expand[]", this::cancel));
    }

    private JsonObject create(Call call) {
        requireAmount(call);
        requireCurrency(call);
        if (call.text("off_session").isPresent() && !call.isTrue("confirm")) {
            throw StripeError.validation("It is for a creation that confirms too.", "off_session");
        }
        call.text("customer").ifPresent(id -> world.objects().requireNamed(call, "customer", "customer", id));
        Optional<JsonObject> method = method(call);
        JsonObject intent = intent(call);
        method.ifPresent(found -> intent.put("payment_method", found.getString("id")));
        intent.put("status", method.isPresent() ? "requires_confirmation" : "requires_payment_method");
        world.objects().of(call).insert(intent);
        call.text("customer").ifPresent(id -> world.objects().of(call).index(intent, "customer=" + id));
        world.events().publish(call, "payment_intent.created", intent);
        if (call.isTrue("confirm")) {
            attempt(call, intent, method);
        }
        return intent;
    }

    private static void requireAmount(Call call) {
        long amount = call.number("amount").orElseThrow();
        if (amount < LEAST_CENTS || amount > MOST_CENTS) {
            throw StripeError.validation("The amount is from 50 to 99999999 cents.", "amount")
                    .with("code", amount < LEAST_CENTS ? "amount_too_small" : "amount_too_large");
        }
    }

    private static void requireCurrency(Call call) {
        if (!call.text("currency").orElseThrow().equalsIgnoreCase("usd")) {
            throw StripeError.validation("The stand-in knows usd only.", "currency");
        }
    }

    private Optional<JsonObject> method(Call call) {
        if (call.params().containsKey("payment_method_data")) {
            return Optional.of(cards.create(call, call.object("payment_method_data")));
        }
        return call.text("payment_method").map(id -> cards.resolve(call, "payment_method", id));
    }

    private JsonObject intent(Call call) {
        String id = Ids.next("pi");
        List<String> types = call.list("payment_method_types");
        JsonObject intent = new JsonObject()
                .put("id", id)
                .put("object", "payment_intent")
                .put("amount", call.number("amount").orElseThrow())
                .put("amount_capturable", 0L)
                .put("amount_received", 0L)
                .put("canceled_at", null)
                .put("cancellation_reason", null)
                .put("capture_method", call.text("capture_method").orElse("automatic_async"))
                .put("client_secret", Ids.next(id + "_secret"))
                .put("confirmation_method", call.text("confirmation_method").orElse("automatic"))
                .put("created", world.clock().now())
                .put("currency", "usd")
                .put("customer", call.text("customer").orElse(null))
                .put("last_payment_error", null)
                .put("latest_charge", null)
                .put("livemode", false)
                .put("metadata", World.metadata(new JsonObject(), call))
                .put("next_action", null)
                .put("payment_method", null)
                .put("payment_method_types", new JsonArray(types.isEmpty() ? List.of("card") : types));
        TEXTS.forEach(name -> intent.put(name, call.text(name).orElse(null)));
        return intent;
    }

    private JsonObject require(Call call) {
        JsonObject intent = world.objects().require(call, "payment_intent", call.id());
        World.requireSecret(call, intent);
        return intent;
    }

    private JsonObject update(Call call) {
        JsonObject intent = require(call);
        if (call.params().containsKey("amount")) {
            requireState(intent, CONFIRMABLE, "changed");
            requireAmount(call);
            intent.put("amount", call.number("amount").orElseThrow());
        }
        method(call).ifPresent(method -> {
            requireState(intent, CONFIRMABLE, "changed");
            intent.put("payment_method", method.getString("id")).put("status", "requires_confirmation");
        });
        TEXTS.forEach(name -> call.text(name).ifPresent(value -> intent.put(name, value)));
        intent.put("metadata", World.metadata(intent, call));
        world.update(call, intent);
        return intent;
    }

    private JsonObject confirm(Call call) {
        JsonObject intent = require(call);
        requireState(intent, CONFIRMABLE, "confirmed");
        attempt(call, intent, method(call));
        return intent;
    }

    private void attempt(Call call, JsonObject intent, Optional<JsonObject> given) {
        call.text("setup_future_usage").ifPresent(usage -> intent.put("setup_future_usage", usage));
        JsonObject method = given.or(() -> Optional.ofNullable(intent.getString("payment_method"))
                        .map(id -> world.objects().requireNamed(call, "payment_method", "payment_method", id)))
                .orElseThrow(() -> unexpected(intent, "It has no payment method to be confirmed with."));
        attempts.attempt(call, intent, method);
    }

    private JsonObject capture(Call call) {
        JsonObject intent = require(call);
        requireState(intent, Set.of("requires_capture"), "captured");
        JsonObject charge = charges.require(call, intent.getString("latest_charge"));
        charges.capture(call, charge);
        world.update(call, charge, "charge.captured");
        intent.put("status", "succeeded").put("amount_capturable", 0L).put("amount_received", intent.getLong("amount"));
        world.update(call, intent, "payment_intent.succeeded");
        return intent;
    }

    private JsonObject cancel(Call call) {
        JsonObject intent = require(call);
        requireState(intent, CANCELABLE, "canceled");
        intent.put("status", "canceled")
                .put("canceled_at", world.clock().now())
                .put("cancellation_reason", call.text("cancellation_reason").orElse(null))
                .put("amount_capturable", 0L)
                .put("next_action", null);
        world.update(call, intent, "payment_intent.canceled");
        return intent;
    }

    private static void requireState(JsonObject intent, Set<String> allowed, String done) {
        if (!allowed.contains(intent.getString("status"))) {
            throw unexpected(intent, "It is " + intent.getString("status") + " and cannot be " + done + ".");
        }
    }

    private static StripeError unexpected(JsonObject intent, String message) {
        return StripeError.state("payment_intent_unexpected_state", message)
                .with("payment_intent", AccountObjects.shown(intent));
    }

    private JsonObject list(Call call) {
        return world.objects()
                .page(
                        call,
                        "payment_intent",
                        call.text("customer").map(id -> "customer=" + id).orElse(""),
                        intent -> true)
                .put("url", "/v1/payment_intents");
    }
}
