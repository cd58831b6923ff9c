package io.drawdown.kit.events;

import io.drawdown.kit.trace.Spans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a {@link BatchProcessor} does about faults.
 *
 * @param deadLetters takes what can never be applied
 * @param pause completes once the time has passed, on the thread where the processor goes on
 * @param random spreads the pauses
 * @param spans a span is started for each event that is in a trace
 */
public record FaultHandling(
        DeadLetters deadLetters, Function<Duration, Uni<Void>> pause, RandomGenerator random, Spans spans) {

    /** Where no spans are started. */
    public FaultHandling(DeadLetters deadLetters, Function<Duration, Uni<Void>> pause, RandomGenerator random) {
        this(deadLetters, pause, random, Spans.NONE);
    }
}
