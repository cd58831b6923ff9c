package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.charge;
import static io.drawdown.credits.http.Requests.credits;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class FundingTest {

    private final String session = "ses_" + UUID.randomUUID();

    private ValidatableResponse start(String account, String kind) {
        return Requests.funding(session, "start", "{\"account_id\":\"" + account + "\",\"kind\":\"" + kind + "\"}")
                .statusCode(200);
    }

    private ValidatableResponse renew(String account, long epoch, long usedMillis) {
        return Requests.funding(
                        session,
                        "renew",
                        "{\"account_id\":\"" + account + "\",\"epoch\":" + epoch + ",\"used_millis\":" + usedMillis
                                + "}")
                .statusCode(200);
    }

    @Test
    void aStartReservesTheFirstSliceOnce() {
        // Given
        String account = opened(90);
        // When
        start(account, "live_dubbing")
                .body("outcome", equalTo("funded"))
                .body("hold.epoch", credits("1"))
                .body("hold.funded_millis", credits("60000"))
                .body("account.available", credits("30"));
        start(account, "live_dubbing").body("outcome", equalTo("funded")).body("hold.funded_millis", credits("60000"));
        // Then
        gateway().get("/api/v1/accounts/" + account + "/balance").then().body("held", credits("60"));
    }

    @Test
    void aSessionIsFundedToTheLastCreditAndThenExhausted() {
        // Given
        String account = opened(3);
        start(account, "live_dubbing").body("hold.funded_millis", credits("3000"));
        // When, Then
        renew(account, 1, 1_000).body("outcome", equalTo("ending")).body("hold.used_millis", credits("1000"));
        renew(account, 1, 3_000).body("outcome", equalTo("exhausted")).body("account.balance", credits("0"));
        gateway()
                .queryParam("session", session)
                .get("/api/v1/accounts/" + account + "/ledger")
                .then()
                .statusCode(200)
                .body("items.type", hasItems("held", "settled"))
                .body("items.session_id.unique()", hasSize(1));
    }

    @Test
    void aRefusedStartSaysWhatIsMissing() {
        start(opened(0), "live_dubbing")
                .body("outcome", equalTo("refused"))
                .body("problem", equalTo("urn:drawdown:problem:insufficient-credits"))
                .body("credits_required", credits("1"));
        start(opened(9), "mime")
                .body("outcome", equalTo("refused"))
                .body("problem", equalTo("urn:drawdown:problem:unknown-kind"));
        start("nobody", "live_dubbing").body("problem", equalTo("urn:drawdown:problem:account-not-found"));
    }

    @Test
    void anOwnerOfAnEarlierEpochIsStaleAfterATakeover() {
        // Given
        String account = opened(90);
        start(account, "live_dubbing");
        // When
        Requests.funding(
                        session,
                        "takeover",
                        "{\"account_id\":\"" + account + "\",\"epoch\":2,\"proof_epoch\":1,\"proof_used_millis\":5000}")
                .statusCode(200)
                .body("outcome", equalTo("funded"))
                .body("hold.epoch", credits("2"))
                .body("hold.used_millis", credits("5000"));
        // Then
        renew(account, 1, 9_000).body("outcome", equalTo("stale"));
    }

    @Test
    void aTakeoverThatLearnsNothingNewIsARowOfNoUnits() {
        // Given
        String account = opened(90);
        start(account, "live_dubbing");
        // When
        Requests.funding(
                        session,
                        "takeover",
                        "{\"account_id\":\"" + account + "\",\"epoch\":2,\"proof_epoch\":1,\"proof_used_millis\":0}")
                .statusCode(200);
        // Then
        gateway()
                .get("/api/v1/accounts/" + account + "/ledger?limit=1")
                .then()
                .statusCode(200)
                .body("items[0].cause", equalTo("takeover"))
                .body("items[0].units", credits("0"));
    }

    private ValidatableResponse release(String account, long epoch, long usedMillis) {
        return Requests.funding(
                        session,
                        "release",
                        "{\"account_id\":\"" + account + "\",\"epoch\":" + epoch + ",\"used_millis\":" + usedMillis
                                + ",\"reason\":\"user\"}")
                .statusCode(200);
    }

    @Test
    void aReleaseFreesTheHoldAtOnceAndTellsTheSameWheneverItIsAsked() {
        // Given
        String account = opened(65);
        start(account, "live_dubbing");
        // When
        String first = release(account, 1, 12_500)
                .body("outcome", equalTo("released"))
                .body("hold.used_millis", credits("12500"))
                .body("hold.charged", credits("13"))
                .body("account.balance", credits("52"))
                .extract()
                .asString();
        // Then
        charge(account, "k", "{\"meter\":\"ai_search\"}").statusCode(201);
        assertThat(release(account, 1, 12_500).extract().asString()).isEqualTo(first);
        renew(account, 1, 12_500).body("outcome", equalTo("no_hold"));
    }

    @Test
    void aReleaseOfALowerEpochIsStale() {
        // Given
        String account = opened(90);
        start(account, "live_dubbing");
        Requests.funding(
                session,
                "takeover",
                "{\"account_id\":\"" + account + "\",\"epoch\":2,\"proof_epoch\":1,\"proof_used_millis\":5000}");
        // When, Then
        release(account, 1, 9_000).body("outcome", equalTo("stale")).body("hold.used_millis", credits("5000"));
        release(account, 2, 9_000).body("outcome", equalTo("released"));
        release(account, 1, 9_000).body("outcome", equalTo("stale"));
    }

    @Test
    void aStartThatComesAfterTheReleaseLocksNothing() {
        // Given
        String account = opened(90);
        // When
        release(account, 1, 0).body("outcome", equalTo("released")).body("hold", nullValue());
        // Then
        start(account, "live_dubbing").body("outcome", equalTo("no_hold"));
        gateway().get("/api/v1/accounts/" + account + "/balance").then().body("held", credits("0"));
    }

    @Test
    void aReleaseThatCannotBeIsRefused() {
        Requests.funding(session, "release", "{\"account_id\":\"a\",\"epoch\":1,\"used_millis\":1}")
                .statusCode(400);
        Requests.funding(
                        session, "release", "{\"account_id\":\"a\",\"epoch\":-1,\"used_millis\":1,\"reason\":\"user\"}")
                .statusCode(400);
        release("nobody", 1, 0).body("outcome", equalTo("no_hold"));
    }

    @Test
    void aSessionThatIsNotKnownHasNoHold() {
        renew(opened(9), 1, 0).body("outcome", equalTo("no_hold"));
        renew("nobody", 1, 0).body("outcome", equalTo("no_hold"));
    }

    @Test
    void aChargeWaitsForWhatTheOwnerOfASessionGivesBack() {
        // Given
        String account = opened(65);
        start(account, "live_dubbing");
        CompletableFuture<ValidatableResponse> charge =
                CompletableFuture.supplyAsync(() -> charge(account, "k", "{\"meter\":\"ai_search\"}"));
        Awaitility.await().untilAsserted(() -> gateway()
                .get("/api/v1/accounts/" + account + "/ledger?limit=1")
                .then()
                .body("items[0].type", equalTo("give_back_asked")));
        // When
        Requests.funding(
                        session,
                        "give-back",
                        "{\"account_id\":\"" + account
                                + "\",\"epoch\":1,\"cut\":1,\"used_millis\":2000,\"funded_millis\":3000}")
                .statusCode(200)
                .body("outcome", equalTo("funded"))
                .body("hold.cut", credits("1"))
                .body("hold.funded_millis", credits("3000"));
        // Then: where this takes longer than the charge waits, it is refused, and carried out when it is sent again
        charge.join().statusCode(oneOf(201, 402));
        charge(account, "k", "{\"meter\":\"ai_search\"}").statusCode(oneOf(200, 201));
        gateway()
                .queryParam("session", session)
                .get("/api/v1/accounts/" + account + "/ledger?limit=1")
                .then()
                .body("items[0].cause", equalTo("give-back"))
                .body("items[0].cut", credits("1"));
    }

    @Test
    void heldCreditsCannotBeCharged() {
        // Given
        String account = opened(65);
        start(account, "live_dubbing");
        // When, Then
        charge(account, "k", "{\"meter\":\"ai_search\"}")
                .statusCode(402)
                .body("credits_required", credits("10"))
                .body("credits_remaining", credits("5"))
                .body("credits_held", credits("60"))
                .body("retry_after", credits("10"))
                .body("detail", containsString("live sessions hold 60 more"));
        Management.get("/q/metrics").then().body(containsString("drawdown_insufficient_total{held=\"true\"}"));
        gateway()
                .post("/api/v1/accounts/" + account + "/close")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:drawdown:problem:account-in-use"));
    }
}
