package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.credits.http.ledger.PostingResource;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static org.assertj.core.api.Assertions.assertThat;

/** Many clients at once on one account. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class ConcurrentClientsTest {

    private static final int CLIENTS = 64;

    @TestHTTPResource
    @Nullable
    URI base;

    private HttpRequest post(String path, String role, String key, String body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + TestTokens.of("tester", role))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static List<HttpResponse<String>> atOnce(IntFunction<HttpRequest> request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, CLIENTS)
                    .mapToObj(request)
                    .map(each -> http.sendAsync(each, BodyHandlers.ofString()))
                    .toList();
            return sent.stream().map(CompletableFuture::join).toList();
        }
    }

    @Test
    void oneKeyFromManyClientsIsOneCharge() {
        // Given
        String id = opened(90);
        String path = "api/v1/accounts/" + id + "/charges";
        // When
        List<HttpResponse<String>> answers =
                atOnce(i -> post(path, Role.GATEWAY, "the-key", "{\"meter\":\"ai_search\"}"));
        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.headers()
                        .firstValue(PostingResource.REPLAYED)
                        .orElse("")
                        .equals("false")))
                .hasSize(1);
        gateway().get("/api/v1/accounts/" + id + "/balance").then().body("posted", credits("80"));
    }

    @Test
    void chargesThatRaceForTheLastCreditsNeverOverdraw() {
        // Given
        String id = opened(105);
        String path = "api/v1/accounts/" + id + "/charges";
        // When
        List<HttpResponse<String>> answers =
                atOnce(i -> post(path, Role.GATEWAY, "key-" + i, "{\"meter\":\"ai_search\"}"));
        // Then
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(10);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 402))
                .hasSize(CLIENTS - 10);
        gateway().get("/api/v1/accounts/" + id + "/balance").then().body("available", credits("5"));
    }

    @Test
    void sessionsThatRaceForTheLastSliceShareWhatThereIs() {
        // Given
        String id = opened(100);
        String body = "{\"account_id\":\"" + id + "\",\"kind\":\"live_dubbing\"}";
        String run = UUID.randomUUID().toString().substring(0, 8);
        // When
        List<HttpResponse<String>> answers =
                atOnce(i -> post("api/v1/internal/sessions/ses_" + run + i + "/start", Role.SERVICE, "unused", body));
        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(answers.stream().filter(answer -> answer.body().contains("\"outcome\":\"funded\"")))
                .hasSize(2);
        gateway()
                .get("/api/v1/accounts/" + id + "/balance")
                .then()
                .body("held", credits("100"))
                .body("available", credits("0"));
    }
}
