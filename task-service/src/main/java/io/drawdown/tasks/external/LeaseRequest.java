package io.drawdown.tasks.external;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker asks for tasks.
 *
 * @param types of the tasks
 * @param most so many at most, up to {@link #MOST}
 * @param visibility how long the worker may be silent
 * @param patience how long it waits for the first task
 * @param key names the request; null: a repeat is another request
 */
public record LeaseRequest(
        Worker worker,
        List<String> types,
        int most,
        Duration visibility,
        Duration patience,
        @Nullable Key key) {

    /** Tasks that one request leases. */
    public static final int MOST = 32;

    /** @param hash distinguishes a repeated request from another one under the same key */
    public record Key(String name, String hash) {}

    public LeaseRequest {
        types = List.copyOf(types);
    }
}
