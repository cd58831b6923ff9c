package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.as;
import static io.drawdown.credits.http.Requests.charge;
import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.newId;
import static io.drawdown.credits.http.Requests.opened;
import static io.drawdown.credits.http.Requests.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class AccountsTest {

    @Test
    void anAccountIsOpenedOnceAndItsOpeningMayBeRepeated() {
        // Given
        String id = newId();
        String body = "{\"grants\":[{\"kind\":\"purchased\",\"amount\":90.5},{\"kind\":\"promo\",\"amount\":10}]}";
        // When
        gateway()
                .body(body)
                .put("/api/v1/accounts/" + id)
                .then()
                .statusCode(201)
                .body("balance", credits("100.5"));
        // Then
        gateway()
                .body(body)
                .put("/api/v1/accounts/" + id)
                .then()
                .statusCode(200)
                .body("grants", hasSize(2));
        gateway()
                .body("{\"grants\":[]}")
                .put("/api/v1/accounts/" + id)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:account-exists"));
    }

    @Test
    void aBalanceSaysWhatIsThereNowAndLater() {
        // Given
        String id = newId();
        gateway()
                .body("{\"grants\":[{\"kind\":\"purchased\",\"amount\":20},"
                        + "{\"kind\":\"promo\",\"amount\":5,\"effective_at\":\"2099-01-01T00:00:00Z\"}]}")
                .put("/api/v1/accounts/" + id);
        // When, Then
        gateway()
                .get("/api/v1/accounts/" + id + "/balance")
                .then()
                .statusCode(200)
                .body("account_id", equalTo(id))
                .body("posted", credits("25"))
                .body("available", credits("20"))
                .body("held", credits("0"))
                .body("upcoming", credits("5"))
                .body("armed_balance", credits("20"))
                .body("runway_seconds", nullValue())
                .body("as_of", notNullValue());
    }

    @Test
    void aChargeSentTwiceIsChargedOnce() {
        // Given
        String id = opened(90);
        // When
        charge(id, "search-1", "{\"meter\":\"ai_search\"}")
                .statusCode(201)
                .header("Idempotency-Replayed", "false")
                .body("amount", credits("-10"))
                .body("available", credits("80"));
        charge(id, "search-1", "{\"meter\":\"ai_search\"}")
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("amount", credits("-10"))
                .body("available", credits("80"));
        // Then
        gateway().get("/api/v1/accounts/" + id + "/balance").then().body("posted", credits("80"));
    }

    @Test
    void aKeyThatComesWithAnotherBodyIsRefused() {
        // Given
        String id = opened(90);
        charge(id, "k", "{\"meter\":\"ai_search\"}").statusCode(201);
        // When, Then
        charge(id, "k", "{\"meter\":\"ai_recommendations\"}")
                .statusCode(422)
                .body("type", equalTo("urn:drawdown:problem:idempotency-key-reused"));
    }

    @Test
    void aChargeBeyondWhatIsAvailableSaysWhatIsMissing() {
        // Given
        String id = opened(15);
        // When, Then
        charge(id, "k", "{\"meter\":\"ai_search\",\"units\":2}")
                .statusCode(402)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:drawdown:problem:insufficient-credits"))
                .body("credits_required", credits("20"))
                .body("credits_remaining", credits("15"));
    }

    @Test
    void aRefusedChargeIsNotRemembered() {
        // Given
        String id = opened(5);
        charge(id, "k", "{\"meter\":\"ai_search\"}").statusCode(402);
        gateway()
                .header("Idempotency-Key", "g")
                .body("{\"kind\":\"purchased\",\"amount\":10}")
                .post("/api/v1/accounts/" + id + "/grants")
                .then()
                .statusCode(201)
                .body("balance", credits("15"));
        // When, Then
        charge(id, "k", "{\"meter\":\"ai_search\"}").statusCode(201).body("available", credits("5"));
    }

    @Test
    void aChargeIsExplained() {
        // Given
        String id = opened(50);
        int seq = charge(id, "k", "{\"meter\":\"ai_recommendations\",\"units\":3}")
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("seq");
        // When, Then
        gateway()
                .get("/api/v1/accounts/" + id + "/charges/" + seq)
                .then()
                .statusCode(200)
                .body("type", equalTo("charged"))
                .body("meter", equalTo("ai_recommendations"))
                .body("units", credits("3"))
                .body("unit_price", credits("5"))
                .body("amount", credits("-15"))
                .body("before", credits("50"))
                .body("after", credits("35"))
                .body("parts.grant_id", contains(notNullValue()));
        gateway().get("/api/v1/accounts/" + id + "/charges/1").then().statusCode(404);
        gateway().get("/api/v1/accounts/" + id + "/ledger/999").then().statusCode(404);
    }

    @Test
    void theLedgerIsPagedFromTheNewestAndHasNoGaps() {
        // Given
        String id = opened(100);
        for (int i = 0; i < 4; i++) {
            charge(id, "k" + i, "{\"meter\":\"ai_recommendations\"}").statusCode(201);
        }
        // When
        String cursor = gateway()
                .queryParam("limit", 3)
                .get("/api/v1/accounts/" + id + "/ledger")
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .extract()
                .path("next_cursor");
        // Then
        gateway()
                .queryParam("limit", 10)
                .queryParam("cursor", cursor)
                .get("/api/v1/accounts/" + id + "/ledger")
                .then()
                .statusCode(200)
                .body("items.type", hasItem("opened"))
                .body("next_cursor", nullValue());
    }

    @Test
    void accountsAreListedInPages() {
        // Given
        opened(1);
        opened(1);
        // When
        String cursor = operator()
                .queryParam("limit", 1)
                .get("/api/v1/accounts")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("next_cursor");
        // Then
        operator()
                .queryParam("limit", 1)
                .queryParam("cursor", cursor)
                .get("/api/v1/accounts")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void aSuspendedAccountTakesNoChargeUntilItIsReinstated() {
        // Given
        String id = opened(50);
        // When
        operator()
                .body("{\"reason\":\"chargeback\"}")
                .put("/api/v1/accounts/" + id + "/suspension")
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"));
        charge(id, "k", "{\"meter\":\"ai_search\"}")
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:account-suspended"));
        operator()
                .delete("/api/v1/accounts/" + id + "/suspension")
                .then()
                .statusCode(200)
                .body("status", equalTo("active"));
        // Then
        charge(id, "k", "{\"meter\":\"ai_search\"}").statusCode(201);
    }

    @Test
    void aClosedAccountStaysAndTakesNothing() {
        // Given
        String id = opened(50);
        // When
        gateway()
                .post("/api/v1/accounts/" + id + "/close")
                .then()
                .statusCode(200)
                .body("status", equalTo("closed"));
        gateway().post("/api/v1/accounts/" + id + "/close").then().statusCode(200);
        // Then
        charge(id, "k", "{\"meter\":\"ai_search\"}")
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:account-closed"));
        gateway().get("/api/v1/accounts/" + id).then().statusCode(200).body("status", equalTo("closed"));
    }

    @Test
    void usersSeeTheirOwnAccountOnly() {
        // Given
        String id = opened(50);
        // When, Then
        as(Role.USER, id).get("/api/v1/accounts/" + id).then().statusCode(200);
        as(Role.USER, id).get("/api/v1/accounts/" + id + "/balance").then().statusCode(200);
        as(Role.USER, id).get("/api/v1/accounts/" + id + "/ledger").then().statusCode(200);
        as(Role.USER, "other").get("/api/v1/accounts/" + id).then().statusCode(403);
        as(Role.USER, "other").get("/api/v1/accounts/" + id + "/balance").then().statusCode(403);
        as(Role.USER, "other").get("/api/v1/accounts/" + id + "/ledger").then().statusCode(403);
        as(Role.USER, "other")
                .get("/api/v1/accounts/" + id + "/ledger/1")
                .then()
                .statusCode(403);
    }

    @Test
    void pricesAndRatesAreListed() {
        as(Role.USER)
                .get("/api/v1/prices")
                .then()
                .statusCode(200)
                .body("items.meter", hasItems("ai_recommendations", "ai_search"));
        as(Role.USER)
                .get("/api/v1/rates")
                .then()
                .statusCode(200)
                .body("items.kind", hasItem("live_dubbing"))
                .body("items.find { it.kind == 'simplified_dubbing' }.price", credits("0.8"))
                .body("items.find { it.kind == 'smart_subs' }.increment_millis", credits("1000"));
    }
}
