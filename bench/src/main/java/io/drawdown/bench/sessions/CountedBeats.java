package io.drawdown.bench.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which sessions heartbeats name, and how often. Safe for use by several threads. */
final class CountedBeats implements Consumer<ConsumerRecord<String, byte[]>> {

    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong readings = new AtomicLong();

    @Override
    public void accept(ConsumerRecord<String, byte[]> record) {
        try {
            for (JsonNode reading : JSON.readTree(record.value()).path("readings")) {
                sessions.add(reading.path("session_id").asText());
                readings.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int sessions() {
        return sessions.size();
    }

    long readings() {
        return readings.get();
    }
}
