package io.drawdown.kit.events;

import io.drawdown.contracts.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as a consumer gets it.
 *
 * @param trace the context of the request that caused it; absent if none did
 */
public record Received<T>(T data, @Nullable TraceContext trace) {

    /** For consumers that fold many events into one change, which belongs to no single trace. */
    public static <T> List<T> data(List<Received<T>> events) {
        return events.stream().map(Received::data).toList();
    }

    /** Events that are in no trace. */
    public static <T> List<Received<T>> untraced(List<T> events) {
        return events.stream().map(event -> new Received<>(event, null)).toList();
    }
}
