package io.drawdown.kit.runtime;

import io.drawdown.contracts.Service;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * A service as the runtime starts and stops it. Each service has one bean that implements this: it makes the core, with its
 * stores, from what {@link CoreRuntime} offers.
 *
 * <ol>
 *   <li>Before the channels and the HTTP server start, the runtime waits for the broker and the database, has the
 *       indexes of the stores made and starts the core.
 *   <li>When the process is told to stop, HTTP takes no more requests, and consumers leave unacknowledged what the core
 *       refuses. The core comes to its end, and the publisher is closed last.
 * </ol>
 */
public interface CoreService {

    /** Which service it is. It does not start unless the broker has its topics. */
    Service service();

    /** Starts the core; called on its thread. */
    void start();

    /**
     * Takes no more work, and brings the core to its end, up to the broker; called on its thread. Completes within {@link
     * #stopPatience}.
     *
     * @return whether nothing is left; another instance finds what is left
     */
    Uni<Boolean> stop();

    /** How long the runtime waits for {@link #stop}; a little longer than the core takes at most. */
    default Duration stopPatience() {
        return Duration.ofSeconds(12);
    }

    /** Whether this instance runs its core. If not, it needs no broker, and only serves what is stored. */
    default boolean isEnabled() {
        return true;
    }

    /** Whether clients keep connections open. If so, the core stops while it can still tell them. */
    default boolean hasConnections() {
        return false;
    }
}
