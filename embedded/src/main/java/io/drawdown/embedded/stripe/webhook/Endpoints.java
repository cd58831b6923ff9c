package io.drawdown.embedded.stripe.webhook;

import io.drawdown.embedded.stripe.store.Ids;
import io.drawdown.embedded.stripe.store.Store;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The addresses to which events are delivered, with their secrets. */
public final class Endpoints {

    private final MVMap<String, String> endpoints;

    public Endpoints(Store store) {
        endpoints = store.map("webhook_endpoints");
    }

    /**
     * Adds an endpoint, or changes the one of the same address.
     *
     * @param wanted {@code url}, {@code secrets}, and what else {@link Deliveries} reads
     */
    public JsonObject put(JsonObject wanted) {
        String url = wanted.getString("url", "");
        if (!url.startsWith("http") || URI.create(url).getHost() == null) {
            throw new IllegalArgumentException("An endpoint needs the url of a server.");
        }
        JsonObject endpoint = all().stream()
                .filter(known -> url.equals(known.getString("url")))
                .findFirst()
                .orElseGet(() -> new JsonObject()
                        .put("id", Ids.next("we"))
                        .put("secrets", new JsonArray().add(Ids.next("whsec"))))
                .mergeIn(wanted);
        endpoints.put(endpoint.getString("id"), endpoint.encode());
        return endpoint;
    }

    public void remove(String id) {
        endpoints.remove(id);
    }

    public List<JsonObject> all() {
        return endpoints.values().stream().map(JsonObject::new).toList();
    }

    Optional<JsonObject> find(String id) {
        return Optional.ofNullable(endpoints.get(id)).map(JsonObject::new);
    }
}
