package io.drawdown.kit.store;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Ids of writes and incarnations: 128 random bits in hexadecimal. */
public record RandomIds(RandomGenerator random) implements Supplier<String> {

    @Override
    public String get() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
}
