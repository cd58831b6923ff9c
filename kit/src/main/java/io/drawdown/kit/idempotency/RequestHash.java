package io.drawdown.kit.idempotency;

import io.drawdown.kit.json.Json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Distinguishes a repeated request from another request under the same key. */
public final class RequestHash {

    private RequestHash() {}

    /**
     * 128 bits in hexadecimal.
     *
     * @param route the path with its values, without the query
     * @param body the body as it was read, so that the spelling and order of fields do not matter
     */
    public static String of(String method, String route, Object body) {
        return Digest.of(method, route, new String(Json.canonical(body), UTF_8));
    }
}
