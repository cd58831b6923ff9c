package io.drawdown.kit.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * A span that many traces share has no parent, only links. It is kept if one of those traces is, so that no kept trace ends at
 * a write that it shares with others. The given sampler decides on every other span.
 */
record LinkedSampler(Sampler others) implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean isShared =
                !links.isEmpty() && !Span.fromContext(parent).getSpanContext().isValid();
        if (!isShared) {
            return others.shouldSample(parent, traceId, name, kind, attributes, links);
        }
        boolean isKept = links.stream().anyMatch(link -> link.getSpanContext().isSampled());
        return isKept ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "Linked{" + others.getDescription() + "}";
    }
}
