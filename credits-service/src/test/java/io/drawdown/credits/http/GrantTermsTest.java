package io.drawdown.credits.http;

import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.RealServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.charge;
import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class GrantTermsTest {

    private static final String NEXT_YEAR = "2099-01-01T00:00:00Z";

    @Test
    void withoutAPriorityPaidCreditsThatEndBurnBeforeAPromoWithoutEnd() {
        // Given
        String id = opened(0);
        grant(id, "k1", "{\"kind\":\"promo\",\"amount\":50}").statusCode(201);
        grant(id, "k2", "{\"kind\":\"purchased\",\"amount\":8,\"expires_at\":\"" + NEXT_YEAR + "\"}")
                .statusCode(201);
        // When, Then
        charge(id, "c", "{\"meter\":\"ai_search\"}")
                .statusCode(201)
                .body("parts.kind", contains("purchased", "promo"))
                .body("parts.amount", contains(credits("8"), credits("2")));
    }

    @Test
    void rowsNameTheTermsOfGrantsThatAreSpentAndGone() {
        // Given
        String id = opened(0);
        grant(id, "k", "{\"kind\":\"promo\",\"amount\":10,\"priority\":3,\"expires_at\":\"" + NEXT_YEAR + "\"}")
                .statusCode(201)
                .body("parts.kind", contains("promo"))
                .body("parts.expires_at", contains(NEXT_YEAR));
        // When
        charge(id, "c", "{\"meter\":\"ai_search\"}").statusCode(201).body("balance", credits("0"));
        // Then
        gateway()
                .get("/api/v1/accounts/" + id + "/charges/3")
                .then()
                .statusCode(200)
                .body("parts.grant_id", contains("g2"))
                .body("parts.kind", contains("promo"))
                .body("parts.priority", contains(3))
                .body("parts.effective_at", everyItem(is(notNullValue())))
                .body("parts.expires_at", contains(NEXT_YEAR))
                .body("parts.amount", contains(credits("10")));
    }

    @Test
    void everyKindHasTheSameDefaultPriority() {
        // Given
        String id = opened(0);
        for (GrantKind kind : GrantKind.values()) {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT);
            // When, Then
            grant(id, name, "{\"kind\":\"" + name + "\",\"amount\":1}")
                    .statusCode(201)
                    .body("parts.priority", contains(500));
        }
    }

    @Test
    void amountsAreExactUpToTheirBoundAndNoSumIsAboveIt() {
        // Given
        String id = opened(0);
        grant(id, "k1", "{\"kind\":\"purchased\",\"amount\":8589934591.999999}").statusCode(201);
        // When, Then
        grant(id, "k2", "{\"kind\":\"purchased\",\"amount\":0.000002}")
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:amount-out-of-range"));
        grant(id, "k3", "{\"kind\":\"purchased\",\"amount\":0.000001}")
                .statusCode(201)
                .body("before", credits("8589934591.999999"))
                .body("balance", credits("8589934592"));
    }

    private static ValidatableResponse grant(String id, String key, String body) {
        return gateway()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/accounts/" + id + "/grants")
                .then();
    }
}
