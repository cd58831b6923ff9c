package io.drawdown.billing.api.item;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.billing.testing.QueueServers;
import io.drawdown.billing.testing.Requests;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(BillingServers.class)
@QuarkusTestResource(QueueServers.class)
class QueueInputTest {

    private static final String UNKNOWN = "itm_0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{'team':'t','item_id':'i','title':'t'}",
                "{'team':'a b','item_id':'i','title':'t','publisher':'p'}",
                "{'team':'t','item_id':'','title':'t','publisher':'p'}",
                "{'team':'t','item_id':'a/b','title':'t','publisher':'p'}",
                "{'team':'t','item_id':'i','title':' ','publisher':'p'}",
                "{'team':'t','item_id':'i','title':'a\\nb','publisher':'p'}",
                "{'team':'t','item_id':'i','title':7,'publisher':'p'}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','price_cents':49}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','price_cents':-1}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','price_cents':7.5}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','price_cents':'799'}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','price_cents':100000000}",
                "{'team':'t','item_id':'i','title':'t','publisher':'p','card':'4242424242424242'}"
            })
    void itemThatCannotBeReadIsNotQueued(String body) {
        // When
        Response response = Requests.operator().body(body.replace('\'', '"')).post(QueueTest.ITEMS);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).contains("urn:drawdown:problem:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'slack_channel':'general'}",
                "{'slack_channel':''}",
                "{'slack_webhook_url':''}",
                "{'slack_webhook_url':'ftp://hooks.example/x'}",
                "{'slack_webhook_url':'https://user:pw@hooks.example/x'}",
                "{'slack_webhook_url':'https://hooks.example/x#y'}",
                "{'slack_webhook_url':'not an address'}",
                "{'slack_webhook_url':'https://hooks.example:99999/x'}",
                "{'slack_webhook_url':'https://hooks.example:0/x'}",
                "{'slack_channel':'C1','slack_webhook_url':'https://hooks.example/x'}",
                "{'token':'xoxb-1'}"
            })
    void teamThatCannotBePublishedForIsRefusedWithoutQuotingTheWebhook(String body) {
        // When
        Response response = Requests.operator().body(body.replace('\'', '"')).put("/api/v1/queue/teams/t");
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
        assertThat(response.asString()).doesNotContain("user:pw").doesNotContain("hooks.example");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /itm_1, 400",
        "GET, /" + UNKNOWN + ", 404",
        "POST, /" + UNKNOWN + "/cancel, 404",
        "POST, /" + UNKNOWN + "/process-now, 404",
        "GET, ?limit=0, 400",
        "GET, ?limit=201, 400",
        "GET, ?state=sold, 400",
        "GET, ?team=a%20b, 400",
        "GET, ?cursor=1, 400",
        "GET, ?unknown=1, 400",
        "DELETE, '', 405"
    })
    void addressThatMeansNothingIsRefused(String method, String path, int status) {
        // When
        Response response = Requests.operator().request(method, QueueTest.ITEMS + path);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'published':null}", "{'published':'yes'}", "{'published':true,'by':'ada'}"})
    void decisionThatSaysNothingIsRefused(String body) {
        // When
        Response response =
                Requests.operator().body(body.replace('\'', '"')).post(QueueTest.ITEMS + "/" + UNKNOWN + "/decide");
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'charged':null}", "{'charged':'yes'}", "{'charged':1}", "{'charged':true,'by':'ada'}"})
    void resolutionThatSaysNothingIsRefused(String body) {
        // When
        Response response =
                Requests.operator().body(body.replace('\'', '"')).post(QueueTest.ITEMS + "/" + UNKNOWN + "/resolve");
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "50", "799"})
    void userNamesNoPrice(String cents) {
        // When
        Response response = Requests.as("buyers", Role.USER).body(priced(cents)).post(QueueTest.ITEMS);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(403);
        assertThat(response.jsonPath().getString("detail")).contains("price_cents");
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
    void whoeverActsForTeamsNamesThePrice(String role) {
        // When
        Response response = Requests.as("acting", role).body(priced("0")).post(QueueTest.ITEMS);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().getLong("price_cents")).isZero();
    }

    @Test
    void userQueuesAtTheConfiguredPrice() {
        // When
        Response response =
                Requests.as("buyers", Role.USER).body(priced("null")).post(QueueTest.ITEMS);
        // Then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        assertThat(response.jsonPath().getLong("price_cents")).isEqualTo(799);
    }

    private static String priced(String cents) {
        return "{\"team\":\"buyers\",\"item_id\":\"i-" + UUID.randomUUID()
                + "\",\"title\":\"t\",\"publisher\":\"p\",\"price_cents\":" + cents + "}";
    }

    @Test
    void withoutATokenNothingIsShown() {
        RestAssured.given().get(QueueTest.ITEMS).then().statusCode(401);
        RestAssured.given().get("/api/v1/queue/status/t").then().statusCode(401);
        RestAssured.given().get("/api/v1/queue/teams/t").then().statusCode(401);
    }
}
