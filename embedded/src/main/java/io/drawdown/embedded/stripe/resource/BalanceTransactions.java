package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /v1/balance_transactions}: every movement of money, with Stripe's fee for a card in the United States. */
final class BalanceTransactions {

    private static final long FEE_PER_MILLE = 29;
    private static final long FEE_FIXED = 30;
    private static final long AVAILABLE_AFTER_SECONDS = 2L * 24 * 60 * 60;

    private final World world;

    BalanceTransactions(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/balance_transactions",
                        "created:time currency source type payout limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get("/v1/balance_transactions/{id}", "expand[]", call -> world.objects()
                        .require(call, "balance_transaction", call.id())));
    }

    /** @return the id of the new movement */
    String add(Call call, String type, String source, long amount) {
        long fee = type.equals("charge") ? amount * FEE_PER_MILLE / 1000 + FEE_FIXED : 0;
        JsonObject movement = new JsonObject()
                .put("id", Ids.next("txn"))
                .put("object", "balance_transaction")
                .put("amount", amount)
                .put("available_on", world.clock().now() + AVAILABLE_AFTER_SECONDS)
                .put("created", world.clock().now())
                .put("currency", "usd")
                .put("description", null)
                .put("exchange_rate", null)
                .put("fee", fee)
                .put("fee_details", List.of())
                .put("net", amount - fee)
                .put("reporting_category", type)
                .put("source", source)
                .put("status", "pending")
                .put("type", type);
        world.objects().of(call).insert(movement);
        return movement.getString("id");
    }

    private JsonObject list(Call call) {
        return world.objects()
                .page(call, "balance_transaction", "", has(call, "source").and(has(call, "type")))
                .put("url", "/v1/balance_transactions");
    }

    private static Predicate<JsonObject> has(Call call, String field) {
        Optional<String> wanted = call.text(field);
        return movement -> wanted.isEmpty() || wanted.get().equals(movement.getString(field));
    }
}
