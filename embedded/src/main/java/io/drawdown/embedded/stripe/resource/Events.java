package io.drawdown.embedded.stripe.resource;

import io.drawdown.embedded.stripe.api.AccountObjects;
import io.drawdown.embedded.stripe.api.Call;
import io.drawdown.embedded.stripe.api.Glob;
import io.drawdown.embedded.stripe.api.Route;
import io.drawdown.embedded.stripe.api.StripeError;
import io.drawdown.embedded.stripe.store.Ids;
import io.drawdown.embedded.stripe.store.StripeClock;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The events of an account, which the API lists for 30 days and webhooks deliver. */
public final class Events {

    public static final String API_VERSION = "2025-11-17.clover";
    private static final long KEPT_SECONDS = 30L * 24 * 60 * 60;

    private final AccountObjects objects;
    private final StripeClock clock;
    private final Consumer<JsonObject> webhooks;

    /** @param webhooks gets every event in the same commit */
    public Events(AccountObjects objects, StripeClock clock, Consumer<JsonObject> webhooks) {
        this.objects = objects;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/events",
                        "type types[] created:time delivery_success:bool limit:int starting_after ending_before expand[]",
                        this::list),
                Route.get("/v1/events/{id}", "expand[]", call -> objects.require(call, "event", call.id())));
    }

    void publish(Call call, String type, JsonObject object) {
        JsonObject event = new JsonObject()
                .put("id", Ids.next("evt"))
                .put("object", "event")
                .put("api_version", API_VERSION)
                .put("created", clock.now())
                .put("data", new JsonObject().put("object", AccountObjects.shown(object)))
                .put("livemode", false)
                .put("pending_webhooks", 0)
                .put("request", new JsonObject().put("id", call.requestId()).put("idempotency_key", call.key()))
                .put("type", type);
        objects.of(call).insert(event);
        webhooks.accept(event.copy().put("_account", call.account()));
    }

    private JsonObject list(Call call) {
        Optional<String> type = call.text("type");
        List<String> types = call.list("types");
        if (type.isPresent() && !types.isEmpty()) {
            throw StripeError.validation("Only one of type and types may be given.", "types");
        }
        List<String> wanted = type.map(List::of).orElse(types);
        return objects.page(
                        call,
                        "event",
                        "",
                        event -> (wanted.isEmpty()
                                        || wanted.stream()
                                                .anyMatch(name -> new Glob(name).fits(event.getString("type"))))
                                && event.getLong("created") > clock.now() - KEPT_SECONDS)
                .put("url", "/v1/events");
    }
}
