package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.card.CardBehaviour;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/charges}: the attempts to take money, those that failed too. */
final class Charges {

    private final World world;
    private final BalanceTransactions movements;

    Charges(World world, BalanceTransactions movements) {
        this.world = world;
        this.movements = movements;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/charges",
                        "customer payment_intent created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get("/v1/charges/{id}", "expand[]", call -> require(call, call.id())));
    }

    JsonObject require(Call call, String id) {
        return world.objects().require(call, "charge", id);
    }

    /** Takes the money of an intent, or reserves it. */
    JsonObject succeed(Call call, JsonObject intent, JsonObject method) {
        boolean captured = !"manual".equals(intent.getString("capture_method"));
        JsonObject charge = charge(intent, method)
                .put("status", "succeeded")
                .put("paid", true)
                .put("outcome", outcome("approved_by_network", "authorized", null));
        if (captured) {
            capture(call, charge);
        }
        insert(call, charge, "charge.succeeded");
        return charge;
    }

    void capture(Call call, JsonObject charge) {
        charge.put("captured", true)
                .put("amount_captured", charge.getLong("amount"))
                .put(
                        "balance_transaction",
                        movements.add(call, "charge", charge.getString("id"), charge.getLong("amount")));
    }

    JsonObject decline(Call call, JsonObject intent, JsonObject method, CardBehaviour.Declines declines) {
        String reason = Optional.ofNullable(declines.declineCode()).orElse(declines.code());
        JsonObject charge = charge(intent, method)
                .put("status", "failed")
                .put("failure_code", declines.code())
                .put("failure_message", declines.message())
                .put(
                        "outcome",
                        outcome("declined_by_network", "issuer_declined", reason)
                                .put("advice_code", declines.adviceCode()));
        insert(call, charge, "charge.failed");
        return charge;
    }

    private void insert(Call call, JsonObject charge, String event) {
        Optional<String> customer = Optional.ofNullable(charge.getString("customer"));
        world.objects().of(call).insert(charge, "payment_intent=" + charge.getString("payment_intent"));
        customer.ifPresent(owner -> world.objects().of(call).index(charge, "customer=" + owner));
        world.events().publish(call, event, charge);
    }

    private JsonObject charge(JsonObject intent, JsonObject method) {
        JsonObject card = method.getJsonObject("card").copy();
        card.remove("display_brand");
        return new JsonObject()
                .put("id", Ids.next("ch"))
                .put("object", "charge")
                .put("amount", intent.getLong("amount"))
                .put("amount_captured", 0L)
                .put("amount_refunded", 0L)
                .put("balance_transaction", null)
                .put("billing_details", method.getValue("billing_details"))
                .put("captured", false)
                .put("created", world.clock().now())
                .put("currency", intent.getString("currency"))
                .put("customer", intent.getString("customer"))
                .put("description", intent.getString("description"))
                .put("disputed", false)
                .put("failure_code", null)
                .put("failure_message", null)
                .put("livemode", false)
                .put("metadata", intent.getJsonObject("metadata"))
                .put("paid", false)
                .put("payment_intent", intent.getString("id"))
                .put("payment_method", method.getString("id"))
                .put(
                        "payment_method_details",
                        new JsonObject().put("type", "card").put("card", card))
                .put("refunded", false);
    }

    private static JsonObject outcome(String network, String type, @Nullable String reason) {
        return new JsonObject()
                .put("network_status", network)
                .put("type", type)
                .put("reason", reason)
                .put("risk_level", "normal");
    }

    private JsonObject list(Call call) {
        Optional<String> intent = call.text("payment_intent");
        Optional<String> customer = call.text("customer");
        String filter = intent.map(id -> "payment_intent=" + id)
                .or(() -> customer.map(id -> "customer=" + id))
                .orElse("");
        return world.objects()
                .page(call, "charge", filter, charge -> customer.map(id -> id.equals(charge.getString("customer")))
                        .orElse(true))
                .put("url", "/v1/charges");
    }
}
