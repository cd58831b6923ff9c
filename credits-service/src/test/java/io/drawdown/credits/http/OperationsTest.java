package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.charge;
import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class OperationsTest {

    private static final String SEARCH = "{\"meter\":\"ai_search\"}";

    @Test
    void aDoneOperationIsShownWithItsRow() {
        // Given
        String id = opened(50);
        charge(id, "k", SEARCH).statusCode(201);
        // When, Then
        operation(id, "k")
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("entry.type", equalTo("charged"))
                .body("entry.amount", credits("-10"))
                .body("read_at", nullValue());
        cancellation(id, "k").statusCode(200).body("state", equalTo("done")).body("entry.amount", credits("-10"));
    }

    @Test
    void aKeyIsFoundWhateverRouteItWasSentTo() {
        // Given
        String id = opened(0);
        gateway()
                .header("Idempotency-Key", "k")
                .body("{\"kind\":\"purchased\",\"amount\":5}")
                .post("/api/v1/accounts/" + id + "/grants")
                .then()
                .statusCode(201);
        // When, Then
        operation(id, "k").body("state", equalTo("done")).body("entry.type", equalTo("granted"));
    }

    @Test
    void anOpenOneIsNeverFinalAndACancelledOneIs() {
        // Given
        String id = opened(50);
        // When, Then
        operation(id, "k").statusCode(200).body("state", equalTo("open")).body("read_at", notNullValue());
        String first = cancellation(id, "k")
                .statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("entry.type", equalTo("voided"))
                .body("entry.amount", credits("0"))
                .extract()
                .asString();
        assertThat(cancellation(id, "k").extract().asString()).isEqualTo(first);
        operation(id, "k").body("state", equalTo("cancelled"));
        charge(id, "k", SEARCH).statusCode(409).body("type", equalTo("urn:drawdown:problem:operation-cancelled"));
        gateway().get("/api/v1/accounts/" + id + "/balance").then().body("available", credits("50"));
    }

    @Test
    void everyKeyThatCanBeSentCanBeNamed() {
        // Given
        String id = opened(1_000);
        for (String key : List.of("a/b", "a%2Fb", "a;b=c", "a+b", "a?b#c", "~!'()*:@&=$,", "\"<>\\^`{|}[]", "...")) {
            charge(id, key, SEARCH).statusCode(201);
            // When, Then
            operation(id, key).statusCode(200).body("state", equalTo("done"));
            cancellation(id, key).statusCode(200).body("state", equalTo("done"));
        }
    }

    @Test
    void aKeyThatNoPathCanNameCannotBeSent() {
        String id = opened(10);
        charge(id, ".", SEARCH).statusCode(400).body("type", equalTo("urn:drawdown:problem:idempotency-key-required"));
        charge(id, "..", SEARCH).statusCode(400);
    }

    @Test
    void aKeyThatNobodyCanSendIsNoOperation() {
        String id = opened(0);
        operation(id, "a b").statusCode(400).body("type", equalTo("urn:drawdown:problem:invalid-request"));
        cancellation(id, "x".repeat(256)).statusCode(400);
        operation(Requests.newId(), "k")
                .statusCode(404)
                .body("type", equalTo("urn:drawdown:problem:account-not-found"));
        cancellation(Requests.newId(), "k").statusCode(404);
    }

    @Test
    void theKeysOfTheServiceItselfAreOutOfReach() {
        // Given
        String id = opened(100);
        String session = "ses_" + UUID.randomUUID();
        String start = "{\"account_id\":\"" + id + "\",\"kind\":\"live_dubbing\"}";
        // When
        cancellation(id, session + ":start").statusCode(200).body("state", equalTo("cancelled"));
        // Then
        Requests.funding(session, "start", start).statusCode(200).body("outcome", equalTo("funded"));
        operation(id, session + ":start").body("state", equalTo("cancelled"));
    }

    @Test
    void aStartIsGivenUpOverTheInternalRoute() {
        // Given
        String id = opened(100);
        String session = "ses_" + UUID.randomUUID();
        String account = "{\"account_id\":\"" + id + "\"}";
        // When, Then
        Requests.funding(session, "start/cancellation", account).statusCode(200).body("outcome", equalTo("cancelled"));
        Requests.funding(session, "start", "{\"account_id\":\"" + id + "\",\"kind\":\"live_dubbing\"}")
                .statusCode(200)
                .body("outcome", equalTo("no_hold"));
        Requests.funding(session, "start/cancellation", account).body("outcome", equalTo("cancelled"));
    }

    @Test
    void onlyWhoMayChargeMayAskAndCancel() {
        // Given
        String id = opened(0);
        String path = "/api/v1/accounts/" + id + "/operations/k";
        // When, Then
        Requests.as(Role.USER, id).get(path).then().statusCode(403);
        Requests.as(Role.USER, id).post(path + "/cancellation").then().statusCode(403);
        Requests.operator().get(path).then().statusCode(200);
    }

    private static ValidatableResponse operation(String id, String key) {
        return gateway().urlEncodingEnabled(false).get(path(id, key)).then();
    }

    private static ValidatableResponse cancellation(String id, String key) {
        return gateway()
                .urlEncodingEnabled(false)
                .post(path(id, key) + "/cancellation")
                .then();
    }

    private static String path(String id, String key) {
        StringBuilder encoded = new StringBuilder();
        key.chars()
                .forEach(c ->
                        encoded.append(Character.isLetterOrDigit(c) ? Character.toString(c) : "%%%02X".formatted(c)));
        return "/api/v1/accounts/" + id + "/operations/" + encoded;
    }
}
