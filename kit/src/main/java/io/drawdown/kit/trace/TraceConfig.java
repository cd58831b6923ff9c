package io.drawdown.kit.trace;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where spans go. These are the names of OpenTelemetry; its SDK reads them, and all others of its own, itself. */
@ConfigMapping(prefix = "otel.exporter.otlp")
public interface TraceConfig {

    /** The address of a collector that takes OTLP over HTTP. Without it no spans are started. */
    Optional<String> endpoint();

    Traces traces();

    /** Of spans alone. */
    interface Traces {
        /** As above, with its path, for spans alone. */
        Optional<String> endpoint();
    }

    default boolean isOn() {
        return endpoint().isPresent() || traces().endpoint().isPresent();
    }
}
