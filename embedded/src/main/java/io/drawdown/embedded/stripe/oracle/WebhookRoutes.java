package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.oracle.OracleRoutes.Ask;
import io.drawdown.embedded.stripe.webhook.Deliveries;
import io.drawdown.embedded.stripe.webhook.DeliveryFaults;
import io.drawdown.embedded.stripe.webhook.Endpoints;
import io.vertx.core.json.JsonObject;

/** The oracle's routes for webhooks: endpoints, what waits, what goes wrong with the next ones. */
public final class WebhookRoutes {

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final DeliveryFaults faults;

    public WebhookRoutes(Endpoints endpoints, Deliveries deliveries, DeliveryFaults faults) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.faults = faults;
    }

    JsonObject answer(Ask ask, String account) {
        return switch (ask.method() + " " + String.join("/", ask.path())) {
            case "GET webhook_endpoints" -> new JsonObject().put("endpoints", OracleRoutes.array(endpoints.all()));
            case "POST webhook_endpoints" -> endpoints.put(ask.body());
            case "GET webhook_faults" -> new JsonObject().put("faults", faults.list());
            case "POST webhook_faults" -> faults.add(ask.body());
            case "DELETE webhook_faults" -> clearFaults();
            case "GET webhooks" -> new JsonObject().put("waiting", deliveries.list());
            case "POST webhooks/release" ->
                new JsonObject().put("released", deliveries.release(ask.body().getBoolean("reversed", false)));
            case "POST webhooks/resend" -> resend(account, ask.body().getString("event", ""));
            default -> remove(ask);
        };
    }

    private JsonObject clearFaults() {
        faults.clear();
        return new JsonObject().put("faults", faults.list());
    }

    private JsonObject resend(String account, String event) {
        deliveries.resend(account, event);
        return new JsonObject().put("resent", event);
    }

    private JsonObject remove(Ask ask) {
        if (!ask.method().equals("DELETE") || !ask.path().getFirst().equals("webhook_endpoints")) {
            throw new IllegalArgumentException(
                    "The oracle has no " + ask.method() + " " + String.join("/", ask.path()));
        }
        endpoints.remove(OracleRoutes.second(ask));
        return new JsonObject().put("endpoints", OracleRoutes.array(endpoints.all()));
    }

    void clear() {
        faults.clear();
    }
}
