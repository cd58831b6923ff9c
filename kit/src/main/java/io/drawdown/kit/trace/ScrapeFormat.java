package io.drawdown.kit.trace;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Lets a Prometheus have metrics in the OpenMetrics format, which alone can carry exemplars. It prefers that format, but takes plain
 * text too, and Micrometer's extension answers in plain text whoever takes that.
 */
@Singleton
final class ScrapeFormat {

    private static final String METRICS = "/q/metrics";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String EXACT = OPEN_METRICS + "; version=1.0.0; charset=utf-8";

    private final TraceConfig traces;

    ScrapeFormat(TraceConfig traces) {
        this.traces = traces;
    }

    void register(@Observes ManagementInterface management) {
        if (traces.isOn()) {
            management.router().route(METRICS).order(Integer.MIN_VALUE).handler(ScrapeFormat::prefer);
        }
    }

    private static void prefer(RoutingContext scrape) {
        @Nullable String accepted = scrape.request().getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains(OPEN_METRICS)) {
            scrape.request().headers().set(HttpHeaders.ACCEPT, EXACT);
        }
        scrape.next();
    }
}
