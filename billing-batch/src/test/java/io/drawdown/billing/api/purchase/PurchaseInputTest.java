package io.drawdown.billing.api.purchase;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.CreditsServer;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route of purchases and top-ups refuses what it cannot read. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
@QuarkusTestResource(CreditsServer.class)
class PurchaseInputTest {

    private static final String UNKNOWN = "pur_0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{'account':'ada'}",
                "{'pack':'pack_300'}",
                "{'account':'a b','pack':'pack_300'}",
                "{'account':'ada','pack':'Pack 300'}",
                "{'account':'ada','pack':300}",
                "{'account':'ada','pack':'pack_300','on_session':'yes'}",
                "{'account':'ada','pack':'pack_300','on_session':1}",
                "{'account':'ada','pack':'pack_300','price_cents':1}",
                "{'account':'ada','pack':'pack_300','card':'4242424242424242'}",
                "{'account':'ada','account':'bob','pack':'pack_300'}"
            })
    void purchaseThatCannotBeReadIsNotBegun(String body) {
        // When
        Response response = Requests.operator()
                .header("Idempotency-Key", "k")
                .body(body.replace('\'', '"'))
                .post(PurchasesTest.PURCHASES);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).contains("urn:drawdown:problem:").doesNotContain("4242424242424242");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "."})
    void purchaseNeedsAKey(String key) {
        // When
        Response response = Requests.operator()
                .header("Idempotency-Key", key)
                .body("{\"account\":\"ada\",\"pack\":\"pack_300\"}")
                .post(PurchasesTest.PURCHASES);
        // Then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.jsonPath().getString("type")).endsWith("idempotency-key-required");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /pur_1, 400",
        "GET, /" + UNKNOWN + ", 404",
        "POST, /pur_1/cancel, 400",
        "POST, /" + UNKNOWN + "/cancel, 404",
        "GET, ?limit=0, 400",
        "GET, ?limit=201, 400",
        "GET, ?limit=x, 400",
        "GET, ?account=a%20b, 400",
        "GET, ?cursor=1, 400",
        "GET, ?cursor=1." + UNKNOWN + "x, 400",
        "GET, ?unknown=1, 400",
        "DELETE, /" + UNKNOWN + ", 405",
        "PUT, '', 405"
    })
    void addressThatMeansNothingIsRefused(String method, String path, int status) {
        // When
        Response response = Requests.operator().request(method, PurchasesTest.PURCHASES + path);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'threshold':50}",
                "{'pack':'pack_300'}",
                "{'threshold':'50','pack':'pack_300'}",
                "{'threshold':-1,'pack':'pack_300'}",
                "{'threshold':50,'pack':'pack-300'}",
                "{'threshold':50,'pack':'pack_300','most_per_day':0}",
                "{'threshold':50,'pack':'pack_300','most_per_day':101}",
                "{'threshold':50,'pack':'pack_300','most_per_day':1.5}",
                "{'threshold':50,'pack':'pack_300','card':'4242424242424242'}",
                "{'threshold':50,'pack':'pack_300','email':'not an address'}",
                "{'threshold':50,'pack':'pack_300','email':'a@b.c\\nBcc: x@y.z'}",
                "{'threshold':50,'pack':'pack_300','account':'bob'}"
            })
    void topUpThatCannotBeReadIsNotSet(String body) {
        // When
        Response response = Requests.operator().body(body.replace('\'', '"')).put("/api/v1/auto-top-ups/ada");
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).contains("urn:drawdown:problem:").doesNotContain("4242424242424242");
    }

    @Test
    void thresholdOfTooManyDecimalsOrTooMuchIsRefused() {
        for (String threshold : new String[] {"0.0000001", "8589934593"}) {
            Requests.operator()
                    .body("{\"threshold\":" + threshold + ",\"pack\":\"pack_300\"}")
                    .put("/api/v1/auto-top-ups/ada")
                    .then()
                    .statusCode(422);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, a%20b, 400", "PUT, a%20b, 400", "DELETE, a%20b, 400", "POST, ada, 405", "GET, ada?x=1, 400"})
    void topUpOfNoAccountIsRefused(String method, String path, int status) {
        // When
        Response response = Requests.operator()
                .body("PUT".equals(method) ? "{\"threshold\":50,\"pack\":\"pack_300\"}" : "")
                .request(method, "/api/v1/auto-top-ups/" + path);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    }

    @Test
    void withoutATokenNothingIsShown() {
        RestAssured.given().get(PurchasesTest.PURCHASES).then().statusCode(401);
        RestAssured.given().get("/api/v1/packs").then().statusCode(401);
        RestAssured.given().get("/api/v1/auto-top-ups/ada").then().statusCode(401);
    }
}
