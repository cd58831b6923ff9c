package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The stand-in for Stripe in the process of the tests, which no kill -9 meets, and its oracle. */
final class TestStripe implements AutoCloseable {

    private static final String KEY = "rk_test_ofTheTestsOnRealProcesses0000";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final HttpClient http = HttpClient.newHttpClient();

    /** What a service is told, so that it charges here. */
    Map<String, String> settings() {
        return Map.of("STRIPE_SECRET_KEY", KEY, "STRIPE_API_BASE", server.url());
    }

    /** What the page of the owner of a card does. */
    void confirmSetup(String setup, String clientSecret) {
        String form = "payment_method=pm_card_visa&client_secret=" + URLEncoder.encode(clientSecret, UTF_8);
        send(HttpRequest.newBuilder(URI.create(server.url() + "/v1/setup_intents/" + setup + "/confirm"))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** What happens to the next requests; see docs/stripe.md. */
    void fault(String json) {
        send(HttpRequest.newBuilder(URI.create(server.url() + "/_oracle/faults"))
                .POST(BodyPublishers.ofString(json)));
    }

    /** How often money was taken for that charge. */
    int taken(String chargeId) {
        return send(HttpRequest.newBuilder(
                                URI.create(server.url() + "/_oracle/charges?metadata%5Bcharge%5D=" + chargeId))
                        .GET())
                .path("count")
                .asInt();
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
