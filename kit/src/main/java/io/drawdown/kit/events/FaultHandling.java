package io.drawdown.kit.events;

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
 */
public record FaultHandling(DeadLetters deadLetters, Function<Duration, Uni<Void>> pause, RandomGenerator random) {}
