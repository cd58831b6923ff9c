package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.store.Ids;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** {@code /v1/customers}. */
final class Customers {

    private static final List<String> TEXTS = List.of("description", "email", "name", "phone");
    private static final String FIELDS =
            "description email name phone metadata{} invoice_settings{default_payment_method} expand[]";

    private final World world;

    Customers(World world) {
        this.world = world;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/customers", FIELDS + " payment_method", this::create),
                Route.get(
                        "/v1/customers",
                        "email created:time limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get("/v1/customers/{id}", "expand[]", this::require),
                Route.post("/v1/customers/{id}", FIELDS, this::update),
                Route.delete("/v1/customers/{id}", this::delete));
    }

    private JsonObject create(Call call) {
        JsonObject customer = new JsonObject()
                .put("id", Ids.next("cus"))
                .put("object", "customer")
                .put("balance", 0)
                .put("created", world.clock().now())
                .put("currency", null)
                .put("default_source", null)
                .put("delinquent", false)
                .put("invoice_settings", new JsonObject().put("default_payment_method", null))
                .put("livemode", false)
                .put("metadata", new JsonObject())
                .put("preferred_locales", List.of())
                .put("shipping", null);
        TEXTS.forEach(name -> customer.put(name, null));
        change(call, customer);
        world.objects().of(call).insert(customer);
        world.events().publish(call, "customer.created", customer);
        return customer;
    }

    private JsonObject update(Call call) {
        JsonObject customer = require(call);
        change(call, customer);
        world.update(call, customer, "customer.updated");
        return customer;
    }

    private void change(Call call, JsonObject customer) {
        TEXTS.forEach(name -> call.text(name).ifPresent(value -> customer.put(name, value)));
        customer.put("metadata", World.metadata(customer, call));
        Optional.ofNullable(call.object("invoice_settings").getString("default_payment_method"))
                .ifPresent(method -> customer.getJsonObject("invoice_settings")
                        .put("default_payment_method", method.isEmpty() ? null : named(call, method)));
    }

    private String named(Call call, String method) {
        return world.objects()
                .requireNamed(call, "payment_method", "invoice_settings[default_payment_method]", method)
                .getString("id");
    }

    private JsonObject require(Call call) {
        return world.objects().require(call, "customer", call.id());
    }

    private JsonObject list(Call call) {
        Optional<String> email = call.text("email");
        return world.objects()
                .page(
                        call,
                        "customer",
                        "",
                        customer -> !customer.getBoolean("deleted", false)
                                && email.map(wanted -> wanted.equals(customer.getString("email")))
                                        .orElse(true))
                .put("url", "/v1/customers");
    }

    private JsonObject delete(Call call) {
        JsonObject customer = require(call);
        JsonObject gone = new JsonObject()
                .put("id", customer.getString("id"))
                .put("object", "customer")
                .put("deleted", true)
                .put("_sequence", customer.getLong("_sequence"));
        world.update(call, gone);
        world.events().publish(call, "customer.deleted", customer);
        return gone;
    }
}
