package io.drawdown.cli.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeoutException;

/**
 * Asks every instance again and again whether it is ready. What it says counts at once, and so does a refused connection. If it
 * does not answer in time, that counts the second time in a row: a machine that stands still for a second stops no service.
 */
final class HealthChecks {

    private static final String PATH = "/q/health/ready";
    private static final int EVERY_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 1_000;

    private final Vertx vertx;
    private final HttpClient client;
    private boolean isStopped;

    HealthChecks(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(PATIENCE_MILLIS).setMaxPoolSize(1));
    }

    void stop() {
        isStopped = true;
    }

    void start(UpstreamState state) {
        ask(state, false);
    }

    /** @param isMissed whether it did not answer the time before */
    private void ask(UpstreamState state, boolean isMissed) {
        if (isStopped) {
            return;
        }
        client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(ReverseProxy.LOOPBACK)
                        .setPort(state.upstream().management())
                        .setURI(PATH)
                        .setTimeout(PATIENCE_MILLIS))
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> {
                    state.ready(answer.statusCode() == 200);
                    vertx.setTimer(EVERY_MILLIS, again -> ask(state, false));
                })
                .onFailure(fault -> {
                    boolean isLate = fault instanceof TimeoutException;
                    if (isMissed || !isLate) {
                        state.ready(false);
                    }
                    vertx.setTimer(EVERY_MILLIS, again -> ask(state, isLate));
                });
    }
}
