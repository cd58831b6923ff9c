package io.drawdown.sessions.config;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What makes the core run: its clock, its thread, its dice.
 *
 * @param tokens gives unguessable resume tokens
 */
public record CoreContext(Time time, Scheduler scheduler, RandomGenerator random, Supplier<String> tokens) {

    public String randomId() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
