package io.drawdown.kit.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * The headers of every answer: it is data for whoever asked, not a page. {@code Strict-Transport-Security} is not among them; it
 * belongs to whoever ends TLS. A filter and not Quarkus' {@code quarkus.http.header}, whose routes fail for a malformed URI.
 */
@Singleton
public final class AnswerHeaders {

    public static final Map<String, String> ALL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private static final int BEFORE_ALL_OTHERS = 10_001;

    void register(@Observes Filters filters) {
        filters.register(AnswerHeaders::add, BEFORE_ALL_OTHERS);
    }

    private static void add(RoutingContext request) {
        request.response().headers().addAll(ALL);
        request.next();
    }
}
