package io.drawdown.embedded.stripe.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;

/** Sends what is due, a few at the same time. Its methods are called by the thread that owns the store. */
public final class Sender {

    private static final int MOST_AT_ONCE = 32;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long ANSWER_MILLIS = 20_000;

    private final Deliveries deliveries;
    private final HttpClient client;
    private final Consumer<Runnable> owner;
    private int inFlight;

    /** @param owner runs an action in the thread that owns the store */
    public Sender(Vertx vertx, Deliveries deliveries, Consumer<Runnable> owner) {
        this.deliveries = deliveries;
        this.owner = owner;
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(MOST_AT_ONCE));
    }

    public void sendDue() {
        if (!deliveries.isIdle() && inFlight < MOST_AT_ONCE) {
            for (Deliveries.Outgoing outgoing : deliveries.take(MOST_AT_ONCE - inFlight)) {
                inFlight++;
                send(outgoing);
            }
        }
    }

    private void send(Deliveries.Outgoing outgoing) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(outgoing.url())
                .setTimeout(ANSWER_MILLIS)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
                .putHeader("Stripe-Signature", outgoing.signature());
        var unused = client.request(request)
                .compose(open -> open.send(Buffer.buffer(outgoing.payload())))
                .map(answer -> answer.statusCode() / 100 == 2)
                .otherwise(false)
                .onSuccess(accepted -> owner.accept(() -> {
                    inFlight--;
                    deliveries.done(outgoing.key(), accepted);
                    sendDue();
                }));
    }
}
