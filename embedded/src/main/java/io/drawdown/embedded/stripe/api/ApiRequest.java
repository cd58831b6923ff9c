package io.drawdown.embedded.stripe.api;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request whose sender is known.
 *
 * @param base the address of the server as the client sees it
 * @param key the idempotency key
 */
public record ApiRequest(
        String method,
        String path,
        JsonObject params,
        String requestId,
        String account,
        @Nullable String key,
        String base,
        KeyKind keyKind) {

    boolean hasKey() {
        return method.equals("POST") && key != null;
    }

    /** What must be the same when a key is used again. */
    String identity() {
        return method + " " + path + " " + params.encode();
    }
}
