package io.drawdown.kit.trace;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Spans} of this service. The SDK is loaded only if there is a collector. */
@Singleton
final class Tracing {

    private static final String SCOPE = "io.drawdown";
    private static final String PREFIX = "otel.";
    private static final int LAST_SPANS_SECONDS = 2;

    private final @Nullable OpenTelemetrySdk sdk;

    Tracing(TraceConfig traces, Config config) {
        sdk = traces.isOn() ? start(config) : null;
    }

    @Produces
    @Singleton
    Spans spans() {
        return sdk == null ? Spans.NONE : new OpenTelemetrySpans(sdk.getTracer(SCOPE));
    }

    private static OpenTelemetrySdk start(Config config) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> properties(config))
                .addSamplerCustomizer((sampler, properties) -> new LinkedSampler(sampler))
                .build()
                .getOpenTelemetrySdk();
    }

    /** What holds unless the configuration of the service, a system property or the environment says otherwise. */
    private static Map<String, String> properties(Config config) {
        String service = config.getValue("quarkus.application.name", String.class);
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.service.name", service,
                "otel.resource.attributes", "service.instance.id=" + UUID.randomUUID(),
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class).ifPresent(value -> properties.put(name, value));
            }
        }
        return properties;
    }

    /** The core has stopped by then. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
        if (sdk != null) {
            sdk.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
