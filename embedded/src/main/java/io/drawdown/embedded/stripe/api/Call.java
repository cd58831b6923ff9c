package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that a route answers.
 *
 * @param account that the secret key belongs to
 * @param path the variable parts of the path
 * @param key the idempotency key
 * @param publishable whether the key may only do what a browser does, with a client secret
 */
public record Call(
        String account,
        List<String> path,
        JsonObject params,
        String requestId,
        @Nullable String key,
        String base,
        boolean publishable) {

    public String id() {
        return path.getFirst();
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(params.getString(name)).filter(text -> !text.isEmpty());
    }

    public Optional<Long> number(String name) {
        return text(name).map(Long::valueOf);
    }

    public boolean isTrue(String name) {
        return "true".equals(params.getString(name));
    }

    public JsonObject object(String name) {
        return params.getValue(name) instanceof JsonObject object ? object : new JsonObject();
    }

    public List<String> list(String name) {
        return params.getValue(name) instanceof JsonArray array
                ? array.stream().map(String.class::cast).toList()
                : List.of();
    }
}
