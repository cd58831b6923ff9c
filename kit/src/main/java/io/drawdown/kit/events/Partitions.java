package io.drawdown.kit.events;

import org.apache.kafka.common.utils.Utils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Which partition a key belongs to. */
public final class Partitions {

    private Partitions() {}

    /** The partition that Kafka's default partitioner chooses for {@code key}. */
    public static int of(String key, int count) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count;
    }
}
