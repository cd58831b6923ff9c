package io.drawdown.billing.publish;

import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;

/** Starts a span for each call. */
public record TracedPublisher(Publisher publisher, Spans spans) implements Publisher {

    /** The publisher itself where no spans are started. */
    public static Publisher of(Publisher publisher, Spans spans) {
        return spans.isOn() ? new TracedPublisher(publisher, spans) : publisher;
    }

    @Override
    public Uni<Posting> post(Target target, Post post) {
        return span("publish post").around(publisher.post(target, post));
    }

    @Override
    public Uni<Look> look(Look.Question question) {
        return span("publish look").around(publisher.look(question));
    }

    private Span span(String name) {
        return spans.start(Spans.Kind.CLIENT, name, null);
    }
}
