package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

/** What billing-batch asks for: whether an account takes credits, and credits under an internal key. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class GrantingTest {

    private final String key = "pur_" + UUID.randomUUID();

    private ValidatableResponse standing(String account) {
        return Requests.as(Role.SERVICE)
                .get("/api/v1/internal/accounts/" + account)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse grant(String account, String amount) {
        return Requests.as(Role.SERVICE)
                .body("{\"key\":\"" + key + "\",\"kind\":\"purchased\",\"amount\":" + amount
                        + ",\"expires_at\":\"2099-01-01T00:00:00Z\",\"reference\":\"purchase " + key + "\"}")
                .post("/api/v1/internal/accounts/" + account + "/grants")
                .then();
    }

    private void close(String account) {
        Requests.operator()
                .post("/api/v1/accounts/" + account + "/close")
                .then()
                .statusCode(200);
    }

    @Test
    void standingTellsStatusAndMoney() {
        // Given
        String account = opened(90);
        // When Then
        standing(account).body("status", equalTo("active")).body("account.balance", credits("90"));
        standing("acc-none").body("status", equalTo("missing")).body("account", nullValue());
        close(account);
        standing(account).body("status", equalTo("closed"));
    }

    @Test
    void grantHappensOnceUnderItsKeyAndSaysWhy() {
        // Given
        String account = opened(10);
        // When
        int seq = grant(account, "300")
                .statusCode(200)
                .body("outcome", equalTo("granted"))
                .extract()
                .path("seq");
        // Then
        grant(account, "300")
                .statusCode(200)
                .body("outcome", equalTo("granted"))
                .body("seq", equalTo(seq));
        gateway()
                .get("/api/v1/accounts/" + account)
                .then()
                .body("balance", credits("310"))
                .body("grants.kind", hasItem("purchased"))
                .body("grants.expires_at", hasItem("2099-01-01T00:00:00Z"));
        gateway()
                .get("/api/v1/accounts/" + account + "/ledger")
                .then()
                .body("items.cause", hasItems("purchase " + key));
        grant(account, "600").statusCode(422).body("type", equalTo("urn:drawdown:problem:idempotency-key-reused"));
    }

    @Test
    void refusalIsFinal() {
        // Given
        String account = opened(0);
        close(account);
        // When Then
        grant(account, "300")
                .statusCode(200)
                .body("outcome", equalTo("refused"))
                .body("problem", equalTo("urn:drawdown:problem:account-closed"));
        grant(account, "300").statusCode(200).body("outcome", equalTo("refused"));
        gateway().get("/api/v1/accounts/" + account).then().body("balance", credits("0"));
    }

    @Test
    void refusalForTodaysBalanceStaysOneTomorrow() {
        // Given
        String account = opened(8_589_934_000L);
        // When Then
        grant(account, "2000").statusCode(200).body("outcome", equalTo("refused"));
        gateway()
                .header("Idempotency-Key", "k")
                .body("{\"meter\":\"ai_search\",\"units\":1000}")
                .post("/api/v1/accounts/" + account + "/charges")
                .then()
                .statusCode(201);
        grant(account, "2000").statusCode(200).body("outcome", equalTo("refused"));
    }

    @Test
    void onlyServicesMayAsk() {
        // Given
        String account = opened(0);
        // When Then
        for (String role : new String[] {Role.GATEWAY, Role.OPERATOR, Role.USER}) {
            Requests.as(role, account)
                    .get("/api/v1/internal/accounts/" + account)
                    .then()
                    .statusCode(403);
        }
        grant("acc-none", "300").statusCode(404);
    }
}
