package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code /v1/refunds}. The charge has their sum as {@code amount_refunded}. */
final class Refunds {

    private final World world;
    private final BalanceTransactions movements;

    Refunds(World world, BalanceTransactions movements) {
        this.world = world;
        this.movements = movements;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/refunds", "charge payment_intent amount:int reason metadata{} expand[]", this::create),
                Route.get(
                        "/v1/refunds",
                        "charge payment_intent created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get(
                        "/v1/refunds/{id}", "expand[]", call -> world.objects().require(call, "refund", call.id())));
    }

    private JsonObject create(Call call) {
        JsonObject charge = charge(call);
        if (!charge.getBoolean("captured")) {
            throw StripeError.state("charge_not_refundable", "No money was taken by this charge.");
        }
        long left = charge.getLong("amount_captured") - charge.getLong("amount_refunded");
        if (left == 0) {
            throw StripeError.state("charge_already_refunded", "All of this charge is refunded.");
        }
        long amount = call.number("amount").orElse(left);
        if (amount < 1 || amount > left) {
            throw StripeError.validation("The amount is more than what is left, or none.", "amount");
        }
        return refund(call, charge, amount);
    }

    private JsonObject refund(Call call, JsonObject charge, long amount) {
        String id = Ids.next("re");
        JsonObject refund = new JsonObject()
                .put("id", id)
                .put("object", "refund")
                .put("amount", amount)
                .put("balance_transaction", movements.add(call, "refund", id, -amount))
                .put("charge", charge.getString("id"))
                .put("created", world.clock().now())
                .put("currency", charge.getString("currency"))
                .put("metadata", World.metadata(new JsonObject(), call))
                .put("payment_intent", charge.getString("payment_intent"))
                .put("reason", call.text("reason").orElse(null))
                .put("status", "succeeded");
        world.objects()
                .of(call)
                .insert(
                        refund,
                        "charge=" + charge.getString("id"),
                        "payment_intent=" + charge.getString("payment_intent"));
        long refunded = charge.getLong("amount_refunded") + amount;
        charge.put("amount_refunded", refunded).put("refunded", refunded == charge.getLong("amount_captured"));
        world.update(call, charge, "charge.refunded");
        world.events().publish(call, "refund.created", refund);
        return refund;
    }

    private JsonObject charge(Call call) {
        Optional<String> id = call.text("charge");
        if (id.isPresent()) {
            return world.objects().requireNamed(call, "charge", "charge", id.get());
        }
        String intentId = call.text("payment_intent")
                .orElseThrow(() -> StripeError.validation("A charge or a payment_intent is needed.", "charge")
                        .with("code", "parameter_missing"));
        JsonObject intent = world.objects().requireNamed(call, "payment_intent", "payment_intent", intentId);
        return Optional.ofNullable(intent.getString("latest_charge"))
                .map(charge -> world.objects().requireNamed(call, "charge", "payment_intent", charge))
                .orElseThrow(() -> StripeError.state("charge_not_refundable", "This intent has no charge."));
    }

    private JsonObject list(Call call) {
        String filter = call.text("charge")
                .map(id -> "charge=" + id)
                .or(() -> call.text("payment_intent").map(id -> "payment_intent=" + id))
                .orElse("");
        return world.objects().page(call, "refund", filter, refund -> true).put("url", "/v1/refunds");
    }
}
