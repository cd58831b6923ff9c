package io.drawdown.kit.problem;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of a problem (RFC 9457); {@code instance} is the id of the request. */
public final class Problem {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** The value of {@code Retry-After} where waiting helps. */
    public static final String RETRY_AFTER_SECONDS = "1";

    private Problem() {}

    /** The answer to what never became a request. */
    public static byte[] body(ProblemType type, String requestId) {
        return body(type, type.title(), Map.of(), requestId);
    }

    /** The answer to a request. */
    static byte[] body(ProblemType type, String detail, Map<String, Object> extensions, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.urn());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.put("instance", requestId);
        body.putAll(extensions);
        return Json.bytes(body);
    }
}
