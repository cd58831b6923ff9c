package io.drawdown.kit.events;

import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import java.util.Set;

/**
 * Reads the events of some types from a topic.
 *
 * @param types the CloudEvents types that it understands; it skips others
 * @param data the type of their data
 */
public record EventReader<T>(Set<String> types, Class<T> data) {

    public Decoded<T> read(RawRecord record) {
        String type = record.header("ce_type");
        if (type == null) {
            return new Decoded.Unreadable<>("no header ce_type");
        }
        if (!types.contains(type)) {
            return new Decoded.Foreign<>(type);
        }
        if (record.value() == null) {
            return new Decoded.Unreadable<>("no data");
        }
        try {
            return new Decoded.Readable<>(Json.read(record.value(), data));
        } catch (UnreadableException e) {
            return new Decoded.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }

    /** What a record contains. */
    public sealed interface Decoded<T> {

        /** An event of a known type. */
        record Readable<T>(T data) implements Decoded<T> {}

        /** An event of another type, which is skipped. */
        record Foreign<T>(String type) implements Decoded<T> {}

        /** A record that can never be read. */
        record Unreadable<T>(String reason) implements Decoded<T> {}
    }
}
