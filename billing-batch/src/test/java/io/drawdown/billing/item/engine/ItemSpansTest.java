package io.drawdown.billing.item.engine;

import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.trace.ChainTrace;
import io.drawdown.kit.trace.RecordedSpans;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The spans of items that share the thread of a core, and many of them at a time. */
class ItemSpansTest {

    private static final TraceContext RUN =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

    private final RecordedSpans recorded = RecordedSpans.all();
    private final QueueWorld world = new QueueWorld(recorded.spans());

    private List<SpanData> named(String name) {
        return recorded.ended().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private List<SpanData> below(SpanData parent) {
        return recorded.ended().stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    @Test
    void everyCallIsBelowItsOwnItemAndEveryItemBelowItsRun() {
        // Given
        world.queue("acme", 4, "fp-acme");
        world.queue("other", 4, "fp-other");
        // When
        world.answer(ChainTrace.within(RUN, world.run().page(world.due(100))));
        // Then
        assertThat(recorded.ended()).extracting(SpanData::getTraceId).containsOnly(RUN.traceId());
        assertThat(named("move item")).hasSize(8).allMatch(item -> item.getParentSpanId()
                .equals(RUN.spanId()));
        assertThat(named("move item"))
                .allSatisfy(item ->
                        assertThat(below(item)).extracting(SpanData::getName).contains("publish item"));
        assertThat(named("publish item")).hasSize(8).allSatisfy(publication -> assertThat(below(publication))
                .extracting(SpanData::getName)
                .containsExactly("publish post"));
        assertThat(named("charge item").stream().filter(charge -> below(charge).size() > 1))
                .hasSize(2)
                .allSatisfy(charge ->
                        assertThat(below(charge)).extracting(SpanData::getName).containsOnly("stripe"));
    }
}
