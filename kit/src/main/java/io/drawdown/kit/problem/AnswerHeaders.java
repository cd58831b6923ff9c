package io.drawdown.kit.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The headers of every answer: it is data for whoever asked, not a page. {@code Strict-Transport-Security} is among them only if it
 * is configured: it belongs to whoever ends TLS. A filter and not Quarkus' {@code quarkus.http.header}, whose routes fail for a malformed URI.
 */
@Singleton
public final class AnswerHeaders {

    public static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private static final String TRANSPORT = "drawdown.http.strict-transport-security";
    private static final int BEFORE_ALL_OTHERS = 10_001;

    private final Map<String, String> headers;

    AnswerHeaders(@ConfigProperty(name = TRANSPORT) Optional<String> transport) {
        this.headers = with(transport);
    }

    /** They, for an answer that is given before any route. */
    public static Map<String, String> configured() {
        return with(ConfigProvider.getConfig().getOptionalValue(TRANSPORT, String.class));
    }

    private static Map<String, String> with(Optional<String> transport) {
        Map<String, String> all = new HashMap<>(ALL);
        transport.ifPresent(value -> all.put("Strict-Transport-Security", value));
        return Map.copyOf(all);
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, BEFORE_ALL_OTHERS);
    }

    private void add(RoutingContext request) {
        request.response().headers().addAll(headers);
        request.next();
    }
}
