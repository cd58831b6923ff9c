package io.drawdown.credits.http;

import io.drawdown.credits.RealServers;
import io.drawdown.kit.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.http.Requests.as;
import static io.drawdown.credits.http.Requests.gateway;
import static io.drawdown.credits.http.Requests.opened;
import static io.drawdown.credits.http.Requests.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class PlansTest {

    @Test
    void anAccountStartsOnlyWhatItsPlanIncludes() {
        // Given
        String id = opened(500);
        // When
        changed(id, RealServers.PLAN).statusCode(200).body("plan", equalTo(RealServers.PLAN));
        changed(id, RealServers.PLAN).statusCode(200);
        // Then
        start(id, "a", RealServers.KIND_OF_PLAN).body("outcome", equalTo("funded"));
        start(id, "b", "live_dubbing")
                .body("outcome", equalTo("refused"))
                .body("problem", equalTo("urn:drawdown:problem:kind-not-in-plan"));
        operator()
                .delete("/api/v1/accounts/" + id + "/plan")
                .then()
                .statusCode(200)
                .body("plan", nullValue());
        start(id, "b", "live_dubbing").body("outcome", equalTo("funded"));
        gateway()
                .get("/api/v1/accounts/" + id + "/ledger")
                .then()
                .body("items.findAll { it.type == 'plan_changed' }.plan", contains(null, RealServers.PLAN));
    }

    @Test
    void aPlanThatIsNotConfiguredIsUnknown() {
        String id = opened(1);
        changed(id, "no_such_plan").statusCode(422).body("type", equalTo("urn:drawdown:problem:unknown-plan"));
        gateway().get("/api/v1/accounts/" + id).then().body("plan", nullValue());
        as(Role.USER)
                .get("/api/v1/plans")
                .then()
                .statusCode(200)
                .body("items.plan", hasItem(RealServers.PLAN))
                .body("items[0].kinds", contains(RealServers.KIND_OF_PLAN));
    }

    private static ValidatableResponse changed(String account, String plan) {
        return gateway()
                .body("{\"plan\":\"" + plan + "\"}")
                .put("/api/v1/accounts/" + account + "/plan")
                .then();
    }

    private static ValidatableResponse start(String account, String session, String kind) {
        return Requests.funding(
                        account + "-" + session,
                        "start",
                        "{\"account_id\":\"" + account + "\",\"kind\":\"" + kind + "\"}")
                .statusCode(200);
    }
}
