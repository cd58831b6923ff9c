package io.drawdown.embedded.stripe.oracle;

import io.drawdown.embedded.stripe.api.ApiRequest;
import io.drawdown.embedded.stripe.api.Glob;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts requests by route and by idempotency key since the start, and keeps the last ones without what is secret in them. */
final class RequestLog {

    private static final int MOST_KEYS = 200_000;
    private static final int MOST_REQUESTS = 2_000;
    private static final Set<String> SECRET = Set.of("client_secret", "number", "cvc");

    private final Map<String, Long> byRoute = new TreeMap<>();
    private final Map<String, Long> byKey = new LinkedHashMap<>();
    private final Deque<JsonObject> last = new ArrayDeque<>();

    /** @return the entry, to which the outcome is added */
    JsonObject add(ApiRequest request, String route) {
        byRoute.merge(route, 1L, Long::sum);
        if (request.key() != null && byKey.size() < MOST_KEYS) {
            byKey.merge(request.key(), 1L, Long::sum);
        }
        if (last.size() == MOST_REQUESTS) {
            last.removeFirst();
        }
        JsonObject entry = new JsonObject()
                .put("request_id", request.requestId())
                .put("method", request.method())
                .put("path", request.path())
                .put("route", route)
                .put("key", request.key())
                .put("params", masked(request.params()));
        last.addLast(entry);
        return entry;
    }

    private static JsonObject masked(JsonObject params) {
        JsonObject masked = new JsonObject();
        params.forEach(entry -> masked.put(
                entry.getKey(),
                SECRET.contains(entry.getKey())
                        ? "[secret]"
                        : entry.getValue() instanceof JsonObject inner ? masked(inner) : entry.getValue()));
        return masked;
    }

    JsonObject counts() {
        JsonObject routes = new JsonObject();
        byRoute.forEach(routes::put);
        long total = byRoute.values().stream().mapToLong(Long::longValue).sum();
        return new JsonObject().put("total", total).put("routes", routes).put("keys", byKey.size());
    }

    long countOf(String key) {
        return byKey.getOrDefault(key, 0L);
    }

    JsonArray lastOf(String path, String key) {
        Glob paths = new Glob(path);
        Glob keys = new Glob(key);
        return new JsonArray(last.stream()
                .filter(entry -> paths.fits(entry.getString("path")) && keys.fits(entry.getString("key")))
                .toList());
    }

    void clear() {
        byRoute.clear();
        byKey.clear();
        last.clear();
    }
}
