package io.drawdown.billing.publish.slack;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Knows whether the request that a thread makes has got a connection. Before that nothing was sent, so a failure has no effect. Calls
 * are synchronous: one thread, one request.
 */
final class SentRequests implements Interceptor {

    private final ThreadLocal<Boolean> isSent = ThreadLocal.withInitial(() -> false);

    /** A request of this thread is about to be made. */
    void begin() {
        isSent.set(false);
    }

    boolean isSent() {
        return isSent.get();
    }

    /** As a network interceptor, this runs once there is a connection. */
    @Override
    public Response intercept(Chain chain) throws IOException {
        isSent.set(true);
        return chain.proceed(chain.request());
    }
}
