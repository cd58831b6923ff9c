package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.time.Time;
import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts to incoming webhooks. Their addresses are secrets: neither they nor a fault that may quote one is shown. Blocks its thread. */
final class IncomingWebhook {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final long LONGEST_ANSWER = 4_096;

    private final OkHttpClient client;
    private final SentRequests sent;
    private final Time time;

    IncomingWebhook(OkHttpClient client, SentRequests sent, Time time) {
        this.client = client;
        this.sent = sent;
        this.time = time;
    }

    Posting post(String address, Post post) {
        sent.begin();
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            return Posting.refused(PublishFault.NO_SERVICE);
        }
        Request request = new Request.Builder()
                .url(url)
                .post(RequestBody.create(Json.bytes(Map.of("text", Texts.of(post))), JSON))
                .build();
        try {
            var unused =
                    client.dns().lookup(url.host()); // the client resolves no literal IP address, so this checks it
            return answered(request);
        } catch (IOException | RuntimeException e) {
            return Refusals.of(e, sent.isSent());
        }
    }

    private Posting answered(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            if (response.isSuccessful()) {
                return new Posting.Posted(null);
            }
            return Refusals.of(
                    response.code(),
                    response.peekBody(LONGEST_ANSWER).string(),
                    response.header("Retry-After"),
                    time.now());
        }
    }
}
