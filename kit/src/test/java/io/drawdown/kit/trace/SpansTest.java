package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.trace.Spans.Kind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SpansTest {

    private static final TraceContext KEPT =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1");
    private static final TraceContext NOT_KEPT =
            new TraceContext("00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null);

    @Test
    void whereNoSpansAreStartedTheCallersContextIsHandedOnAndNothingIsMade() {
        // Given
        Uni<Integer> work = Uni.createFrom().item(7);
        // When
        Span span = Spans.NONE.start(Kind.SERVER, "GET /", KEPT);
        // Then
        assertThat(Spans.NONE.isOn()).isFalse();
        assertThat(span).isSameAs(Span.NONE).isSameAs(span.with("a", "b").with("a", 1));
        assertThat(span.contextOr(KEPT)).isSameAs(KEPT);
        assertThat(span.contextOr(null)).isNull();
        assertThat(span.around(work)).isSameAs(work);
        assertThat(Spans.NONE.startProcess("topic", KEPT)).isSameAs(Span.NONE);
        assertThat(Spans.NONE.startSend("topic", null, List.of(KEPT))).isSameAs(Span.NONE);
    }

    @Test
    void spanBelongsToItsParentAndHandsOnItself() {
        // Given
        RecordedSpans recorded = RecordedSpans.all();
        // When
        Span span =
                recorded.spans().start(Kind.SERVER, "GET /accounts/{id}", KEPT).with(SpanAttributes.STATUS, 200);
        TraceContext own = span.contextOr(null);
        span.end();
        // Then
        SpanData told = recorded.ended().getFirst();
        assertThat(told.getParentSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(own).isEqualTo(new TraceContext("00-" + KEPT.traceId() + "-" + told.getSpanId() + "-01", "rojo=1"));
        assertThat(told.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
    }

    @Test
    void spanOfWorkEndsWithItAndTellsThatItFailedButNotWhy() {
        // Given
        RecordedSpans recorded = RecordedSpans.all();
        Span span = recorded.spans().start(Kind.CLIENT, "POST /", null);
        Uni<Integer> work = span.around(Uni.createFrom().failure(new Unavailable("the token is secret")));
        // When
        Throwable fault = work.onItemOrFailure()
                .transform((item, failed) -> failed)
                .await()
                .indefinitely();
        // Then
        SpanData told = recorded.ended().getFirst();
        assertThat(fault).isInstanceOf(Unavailable.class);
        assertThat(told.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(told.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("Unavailable");
        assertThat(told.toString()).doesNotContain("secret");
    }

    @Test
    void writeOfManyOperationsIsLinkedToEachAndChildOfNone() {
        // Given
        RecordedSpans recorded = RecordedSpans.all();
        // When
        WriteSpans.start(recorded.spans(), "update", "accounts", Stream.of(KEPT, NOT_KEPT, KEPT))
                .end();
        Span untraced = WriteSpans.start(recorded.spans(), "update", "accounts", Stream.of());
        // Then
        SpanData told = recorded.ended().getFirst();
        assertThat(told.getName()).isEqualTo("update accounts");
        assertThat(told.getParentSpanContext().isValid()).isFalse();
        assertThat(told.getLinks().stream().map(link -> link.getSpanContext().getTraceId()))
                .containsExactly(KEPT.traceId(), NOT_KEPT.traceId());
        assertThat(told.getAttributes().get(AttributeKey.longKey("drawdown.operations")))
                .isEqualTo(3);
        assertThat(untraced).isSameAs(Span.NONE);
    }

    @Test
    void sharedSpanIsKeptIfOneOfItsTracesIs() {
        // Given
        RecordedSpans recorded = new RecordedSpans(Sampler.parentBased(Sampler.alwaysOff()));
        Spans spans = recorded.spans();
        // When
        spans.start(Kind.SERVER, "a root", null).end();
        spans.start(Kind.SERVER, "of a trace that is not kept", NOT_KEPT).end();
        spans.start(Kind.PRODUCER, "about one that is not kept", null, List.of(NOT_KEPT))
                .end();
        spans.start(Kind.PRODUCER, "about one that is kept", null, List.of(NOT_KEPT, KEPT))
                .end();
        spans.start(Kind.SERVER, "of a trace that is kept", KEPT).end();
        // Then
        assertThat(recorded.ended().stream().map(SpanData::getName))
                .containsExactly("about one that is kept", "of a trace that is kept");
        assertThat(List.of(KEPT.isSampled(), NOT_KEPT.isSampled())).containsExactly(true, false);
    }
}
