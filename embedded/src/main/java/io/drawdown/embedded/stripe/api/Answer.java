package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server answers. */
public record Answer(int status, String type, String body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    public static Answer json(int status, JsonObject body) {
        return new Answer(status, JSON, body.encode(), Map.of());
    }

    public static Answer ok(JsonObject body) {
        return json(200, body);
    }

    static Answer saved(JsonObject saved) {
        return new Answer(saved.getInteger("status"), JSON, saved.getString("body"), Map.of());
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }
}
