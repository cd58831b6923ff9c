package io.drawdown.kit.trace;

import io.drawdown.contracts.TraceContext;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainTraceTest {

    private static final TraceContext ONE =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);
    private static final TraceContext OTHER =
            new TraceContext("00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

    private final RecordedSpans recorded = RecordedSpans.all();

    private static String nameOf(@Nullable TraceContext trace) {
        return trace == null ? "none" : trace.traceId();
    }

    @Test
    void chainsThatWaitForTheSameAnswerKeepTheirOwnTraces() {
        // Given
        CompletableFuture<String> answer = new CompletableFuture<>();
        List<String> seen = new ArrayList<>();
        Uni<Void> work = Uni.createFrom()
                .completionStage(answer)
                .chain(() -> ChainTrace.ask(trace -> {
                    seen.add(nameOf(trace));
                    return Uni.createFrom().voidItem();
                }));
        // When
        var one = ChainTrace.within(ONE, work).subscribeAsCompletionStage();
        var other = ChainTrace.within(OTHER, work).subscribeAsCompletionStage();
        var none = work.subscribeAsCompletionStage();
        answer.complete("it");
        // Then
        assertThat(List.of(one, other, none)).allMatch(CompletableFuture::isDone);
        assertThat(seen).containsExactlyInAnyOrder(ONE.traceId(), OTHER.traceId(), "none");
    }

    @Test
    void stepIsBelowItsChainAndWhatItCallsIsBelowTheStep() {
        // Given
        Spans spans = recorded.spans();
        Uni<String> call = ChainTrace.call(
                spans,
                cause -> spans.start(Spans.Kind.CLIENT, "call", cause),
                Uni.createFrom().item("answer"));
        // When
        ChainTrace.within(ONE, ChainTrace.step(spans, "step", call).chain(() -> call))
                .await()
                .atMost(Duration.ofSeconds(5));
        // Then
        SpanData inner = recorded.ended().getFirst();
        SpanData step = recorded.ended().get(1);
        SpanData afterwards = recorded.ended().get(2);
        assertThat(inner.getParentSpanId()).isEqualTo(step.getSpanId());
        assertThat(List.of(step.getParentSpanId(), afterwards.getParentSpanId()))
                .containsOnly(ONE.spanId());
        assertThat(List.of(inner.getTraceId(), step.getTraceId(), afterwards.getTraceId()))
                .containsOnly(ONE.traceId());
    }

    @Test
    void cancelledChainCancelsItsWork() {
        // Given
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        Uni<Void> work = Uni.createFrom().<Void>nothing().onCancellation().invoke(() -> cancelled.complete(null));
        // When
        ChainTrace.within(ONE, work).subscribe().with(never -> {}).cancel();
        // Then
        assertThat(cancelled).isDone();
    }
}
