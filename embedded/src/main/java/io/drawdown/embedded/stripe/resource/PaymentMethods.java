package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.card.TestCard;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code /v1/payment_methods}. */
final class PaymentMethods {

    static final String DATA = "type! allow_redisplay billing_details* metadata{} "
            + "card{number exp_month:int exp_year:int cvc token networks*}";
    private static final String PAGE = "type limit:int starting_after ending_before allow_redisplay expand[]";

    private final World world;
    private final Cards cards;

    PaymentMethods(World world, Cards cards) {
        this.world = world;
        this.cards = cards;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/payment_methods", DATA + " expand[]", this::create),
                Route.get("/v1/payment_methods", "customer! " + PAGE, call -> list(call, call.text("customer"))),
                Route.get("/v1/payment_methods/{id}", "expand[]", this::require),
                Route.post("/v1/payment_methods/{id}", "metadata{} expand[]", this::update),
                Route.post("/v1/payment_methods/{id}/attach", "customer! expand[]", this::attach),
                Route.post("/v1/payment_methods/{id}/detach", "expand[]", this::detach),
                Route.get("/v1/customers/{id}/payment_methods", PAGE, call -> list(call, Optional.of(call.id()))),
                Route.get("/v1/customers/{id}/payment_methods/{method}", "expand[]", this::ofCustomer));
    }

    private JsonObject create(Call call) {
        return cards.create(call, call.params());
    }

    private JsonObject require(Call call) {
        return world.objects().require(call, "payment_method", call.id());
    }

    private JsonObject ofCustomer(Call call) {
        JsonObject method =
                world.objects().require(call, "payment_method", call.path().get(1));
        if (!call.id().equals(method.getString("customer"))) {
            throw StripeError.missing("payment_method", method.getString("id"));
        }
        return method;
    }

    private JsonObject list(Call call, Optional<String> customer) {
        String owner = customer.orElseThrow();
        world.objects().requireNamed(call, "customer", "customer", owner);
        return world.objects()
                .page(call, "payment_method", "customer=" + owner, method -> true)
                .put("url", "/v1/payment_methods");
    }

    private JsonObject update(Call call) {
        JsonObject method = require(call);
        method.put("metadata", World.metadata(method, call));
        world.update(call, method, "payment_method.updated");
        return method;
    }

    private JsonObject attach(Call call) {
        String customer = call.text("customer").orElseThrow();
        world.objects().requireNamed(call, "customer", "customer", customer);
        JsonObject method = TestCard.ofToken(call.id()).isPresent()
                ? cards.resolve(call, "payment_method", call.id())
                : require(call);
        cards.attach(call, method, customer);
        return method;
    }

    private JsonObject detach(Call call) {
        JsonObject method = require(call);
        cards.detach(call, method);
        return method;
    }
}
