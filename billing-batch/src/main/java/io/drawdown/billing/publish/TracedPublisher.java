package io.drawdown.billing.publish;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Starts a span for each call, below the step that makes it. */
public record TracedPublisher(Publisher publisher, Spans spans) implements Publisher {

    /** The publisher itself where no spans are started. */
    public static Publisher of(Publisher publisher, Spans spans) {
        return spans.isOn() ? new TracedPublisher(publisher, spans) : publisher;
    }

    @Override
    public Uni<Posting> post(Target target, Post post) {
        return ChainTrace.call(spans, cause -> span("publish post", cause), publisher.post(target, post));
    }

    @Override
    public Uni<Look> look(Look.Question question) {
        return ChainTrace.call(spans, cause -> span("publish look", cause), publisher.look(question));
    }

    private Span span(String name, @Nullable TraceContext cause) {
        return spans.start(Spans.Kind.CLIENT, name, cause);
    }
}
