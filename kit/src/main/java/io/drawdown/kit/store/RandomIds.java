package io.drawdown.kit.store;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Ids of writes and incarnations: 128 random bits in hexadecimal. */
public record RandomIds(RandomGenerator random) implements Supplier<String> {

    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String get() {
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
