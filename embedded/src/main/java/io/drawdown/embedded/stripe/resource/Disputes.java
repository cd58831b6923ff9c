package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code /v1/disputes}. The oracle opens and closes them. */
final class Disputes {

    private final World world;
    private final BalanceTransactions movements;

    Disputes(World world, BalanceTransactions movements) {
        this.world = world;
        this.movements = movements;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/disputes",
                        "charge payment_intent created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get(
                        "/v1/disputes/{id}", "expand[]", call -> world.objects().require(call, "dispute", call.id())));
    }

    JsonObject open(Call call, JsonObject charge, String reason) {
        String id = Ids.next("dp");
        long amount = charge.getLong("amount");
        movements.add(call, "adjustment", id, -amount);
        JsonObject dispute = new JsonObject()
                .put("id", id)
                .put("object", "dispute")
                .put("amount", amount)
                .put("charge", charge.getString("id"))
                .put("created", world.clock().now())
                .put("currency", charge.getString("currency"))
                .put("is_charge_refundable", false)
                .put("livemode", false)
                .put("metadata", new JsonObject())
                .put("payment_intent", charge.getString("payment_intent"))
                .put("reason", reason)
                .put("status", "needs_response");
        world.objects()
                .of(call)
                .insert(
                        dispute,
                        "charge=" + charge.getString("id"),
                        "payment_intent=" + charge.getString("payment_intent"));
        world.update(call, charge.put("disputed", true), "charge.updated");
        world.events().publish(call, "charge.dispute.created", dispute);
        world.events().publish(call, "charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    JsonObject close(Call call, JsonObject dispute, boolean won) {
        if (won) {
            movements.add(call, "adjustment", dispute.getString("id"), dispute.getLong("amount"));
            world.events().publish(call, "charge.dispute.funds_reinstated", dispute);
        }
        world.update(call, dispute.put("status", won ? "won" : "lost"), "charge.dispute.closed");
        return dispute;
    }

    private JsonObject list(Call call) {
        String filter = call.text("charge")
                .map(id -> "charge=" + id)
                .or(() -> call.text("payment_intent").map(id -> "payment_intent=" + id))
                .orElse("");
        return world.objects().page(call, "dispute", filter, dispute -> true).put("url", "/v1/disputes");
    }
}
