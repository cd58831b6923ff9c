package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class ChecksTest {

    @Test
    void theCheckFindsEveryCredit() {
        // Given
        String account = Requests.opened(100);
        Requests.charge(account, "k", "{\"meter\":\"ai_search\"}").statusCode(201);
        Requests.funding(
                        "ses_" + UUID.randomUUID(),
                        "start",
                        "{\"account_id\":\"" + account + "\",\"kind\":\"smart_subs\"}")
                .statusCode(200);
        // When
        Response accepted = Requests.operator().body("{}").post("/api/v1/ledger/checks");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String report = accepted.header("Location");
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> Requests.operator()
                .get(report)
                .jsonPath()
                .getString("status")
                .equals("done"));
        JsonPath done = Requests.operator().get(report).jsonPath();
        assertThat(done.getList("findings")).isEmpty();
        assertThat(done.getString("verdict")).isEqualTo("clean");
        assertThat(done.<Object>get("sums.issued")).isInstanceOf(String.class);
        assertThat(done.getInt("accounts")).isPositive();
        assertThat(done.getInt("rows")).isPositive();
    }
}
