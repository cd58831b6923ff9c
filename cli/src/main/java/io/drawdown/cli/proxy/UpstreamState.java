package io.drawdown.cli.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy knows of an instance: whether it may be given requests, and how many it has not answered yet. Sockets do not
 * count: their instance ends them. Only on the event loop.
 */
final class UpstreamState {

    private final Upstream upstream;
    private boolean isReady;
    private boolean isDraining;
    private int unanswered;
    private @Nullable Promise<Void> idle;
    private @Nullable Promise<Void> open;

    UpstreamState(Upstream upstream) {
        this.upstream = upstream;
    }

    Upstream upstream() {
        return upstream;
    }

    boolean isOpen() {
        return isReady && !isDraining;
    }

    /** What its health says, or that it refused a connection. */
    void ready(boolean ready) {
        isReady = ready;
        if (isOpen() && open != null) {
            open.tryComplete();
        }
    }

    void began() {
        unanswered++;
    }

    void answered() {
        unanswered--;
        if (unanswered == 0 && idle != null) {
            idle.tryComplete();
        }
    }

    /** Gives it nothing more; succeeds when everything is answered. */
    Future<Void> drain() {
        isDraining = true;
        idle = Promise.promise();
        if (unanswered == 0) {
            idle.complete();
        }
        return idle.future();
    }

    /** Gives it requests as soon as it is ready, and succeeds then. */
    Future<Void> admit() {
        isDraining = false;
        idle = null;
        open = Promise.promise();
        ready(isReady);
        return open.future();
    }
}
