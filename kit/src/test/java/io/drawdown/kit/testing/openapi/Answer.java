package io.drawdown.kit.testing.openapi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as it came over the wire.
 *
 * @param path of the request, without the query
 * @param headers by their names in small letters
 */
@SuppressWarnings("ArrayRecordComponent") // a body is bytes, and answers are not compared with each other
public record Answer(String method, String path, int status, Map<String, List<String>> headers, byte[] body) {

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The media type without its parameters. */
    String mediaType() {
        return header("content-type").map(type -> type.split(";", 2)[0].strip()).orElse("");
    }

    @Override
    public String toString() {
        return method + " " + path + " answered " + status + " " + new String(body, StandardCharsets.UTF_8);
    }
}
