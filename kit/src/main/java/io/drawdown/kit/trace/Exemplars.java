package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.prometheus.client.exemplars.DefaultExemplarSampler;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.prometheus.client.exemplars.tracer.common.SpanContextSupplier;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a bucket of a histogram name the trace of one request that it counted, if that trace is kept. */
final class Exemplars {

    private Exemplars() {}

    /** In place of that of Micrometer's extension, which knows spans of quarkus-opentelemetry only. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    static Optional<ExemplarSampler> sampler(TraceConfig traces) {
        return traces.isOn() ? Optional.of(new DefaultExemplarSampler(new OfWork())) : Optional.empty();
    }

    /** Asked on the thread that counts. */
    static final class OfWork implements SpanContextSupplier {

        @Override
        public @Nullable String getTraceId() {
            TraceContext trace = CurrentWork.get().trace();
            return trace == null ? null : trace.traceId();
        }

        @Override
        public @Nullable String getSpanId() {
            TraceContext trace = CurrentWork.get().trace();
            return trace == null ? null : trace.spanId();
        }

        @Override
        public boolean isSampled() {
            TraceContext trace = CurrentWork.get().trace();
            return trace != null && trace.isSampled();
        }
    }
}
