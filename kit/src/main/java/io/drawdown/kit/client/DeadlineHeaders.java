package io.drawdown.kit.client;

import io.drawdown.contracts.ServerClock;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.time.Duration;

/** Tells another service, in its own time, until when this one waits, so that it does no work for a request given up. */
final class DeadlineHeaders implements ClientRequestFilter, ClientResponseFilter {

    private final ServerClock clock = new ServerClock();
    private final Duration patience;

    DeadlineHeaders(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void filter(ClientRequestContext request) {
        clock.deadline(patience).ifPresent(deadline -> request.getHeaders()
                .putSingle(ServerClock.REQUEST_DEADLINE, deadline.toString()));
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        clock.learn(response.getHeaderString(ServerClock.SERVER_TIME));
    }
}
