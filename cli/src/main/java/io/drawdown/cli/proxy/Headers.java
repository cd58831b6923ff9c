package io.drawdown.cli.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Which headers go through a proxy, and which are of one connection only (RFC 9110, section 7.6.1). */
final class Headers {

    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect");

    private Headers() {}

    static void copy(MultiMap from, MultiMap to) {
        Set<String> dropped = new HashSet<>(OF_ONE_CONNECTION);
        from.getAll("connection").stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .forEach(dropped::add);
        from.forEach((name, value) -> {
            if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }

    /** Says from where a request came; what the client itself says of that is not believed. */
    static void addOrigin(HttpServerRequest from, MultiMap to) {
        to.set("x-forwarded-for", from.remoteAddress().host());
        to.set("x-forwarded-proto", from.isSSL() ? "https" : "http");
    }

    static boolean asksForWebSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("upgrade"));
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.getHeader("transfer-encoding") != null || (length != null && !length.equals("0"));
    }
}
