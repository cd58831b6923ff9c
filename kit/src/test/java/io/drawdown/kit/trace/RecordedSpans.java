package io.drawdown.kit.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Spans of the real SDK, kept in memory when they end. */
public final class RecordedSpans {

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final Spans spans;

    public RecordedSpans(Sampler sampler) {
        spans = new OpenTelemetrySpans(SdkTracerProvider.builder()
                .setSampler(new LinkedSampler(sampler))
                .addSpanProcessor(new Keeper())
                .build()
                .get("test"));
    }

    public static RecordedSpans all() {
        return new RecordedSpans(Sampler.parentBased(Sampler.alwaysOn()));
    }

    public Spans spans() {
        return spans;
    }

    public List<SpanData> ended() {
        return List.copyOf(ended);
    }

    private final class Keeper implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
