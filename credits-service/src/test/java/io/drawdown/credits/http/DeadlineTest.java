package io.drawdown.credits.http;

import io.drawdown.contracts.ServerClock;
import io.drawdown.credits.RealServers;
import io.drawdown.credits.http.ledger.PostingResource;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.drawdown.kit.time.Time;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.charge;
import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

/** A request says until when it is worth something. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class DeadlineTest {

    private static final String SEARCH = "{\"meter\":\"ai_search\"}";

    /** More than event loops, so that not all of them are entered by the thread that stands still. */
    private static final int CLIENTS = 16;

    @TestHTTPResource
    @Nullable
    URI base;

    @Inject
    @Nullable
    CoreLoop loop;

    @Inject
    @Nullable
    Time time;

    @Test
    void aRequestInTimeIsCarriedOutAndALateOneIsNot() {
        // Given
        String id = opened(50);
        Instant now = Instant.parse(gateway().get("/api/v1/tariff").header(ServerClock.SERVER_TIME));
        // When, Then
        chargeUntil(now.minusMillis(1), id)
                .statusCode(503)
                .body("type", equalTo("urn:drawdown:problem:unavailable"))
                .body("server_time", notNullValue());
        assertThatBalanceIs(id, "50");
        chargeUntil(now.plusSeconds(60), id).statusCode(201);
        assertThatBalanceIs(id, "40");
    }

    @Test
    void aRequestThatBecomesLateBeforeItIsDecidedIsNotCarriedOut() {
        // Given: the core stands still
        String id = opened(500);
        CountDownLatch goOn = new CountDownLatch(1);
        requireNonNull(loop).execute(() -> awaitUninterruptibly(goOn));
        Instant deadline = requireNonNull(time).now().plusMillis(300);
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            // When
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> http.sendAsync(charging(id, "k" + i, deadline), BodyHandlers.ofString()))
                    .toList();
            await().until(() -> requireNonNull(time).now().isAfter(deadline));
            goOn.countDown();
            List<HttpResponse<String>> answers =
                    sent.stream().map(CompletableFuture::join).toList();
            // Then
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.body()).contains("unavailable", "server_time"))
                    .anySatisfy(answer -> assertThat(answer.body()).contains("passed before anything was done"));
        } finally {
            goOn.countDown();
        }
        assertThatBalanceIs(id, "500");
        charge(id, "k0", SEARCH).statusCode(201).header(PostingResource.REPLAYED, "false");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> latch.getCount() == 0);
    }

    private HttpRequest charging(String id, String key, Instant deadline) {
        return HttpRequest.newBuilder(URI.create(base + "api/v1/accounts/" + id + "/charges"))
                .header("Authorization", "Bearer " + TestTokens.of("tester", Role.GATEWAY))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header(ServerClock.REQUEST_DEADLINE, deadline.toString())
                .POST(HttpRequest.BodyPublishers.ofString(SEARCH))
                .build();
    }

    private static ValidatableResponse chargeUntil(Instant deadline, String id) {
        return gateway()
                .header("Idempotency-Key", "k")
                .header(ServerClock.REQUEST_DEADLINE, deadline.toString())
                .body(SEARCH)
                .post("/api/v1/accounts/" + id + "/charges")
                .then();
    }

    private static void assertThatBalanceIs(String id, String posted) {
        gateway().get("/api/v1/accounts/" + id + "/balance").then().body("posted", credits(posted));
    }
}
