package io.drawdown.billing.testing;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.kit.json.Json;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;

/** Says how the accounts of {@link CreditsServer} are, and asks what they got. */
public final class CreditsOracle {

    private final String url;

    public CreditsOracle(String url) {
        this.url = url;
    }

    public void account(String id, long balance) {
        account(id, new CreditsServer.Told(StandingStatus.ACTIVE, Credits.of(balance), 0, false));
    }

    public void account(String id, StandingStatus status) {
        account(id, new CreditsServer.Told(status, Credits.of(100), 0, false));
    }

    /** So many of the next grants are done and not answered. */
    public void failing(String id, int fails) {
        account(id, new CreditsServer.Told(StandingStatus.ACTIVE, Credits.of(100), fails, false));
    }

    /** It is closed by whoever asks for a grant next. */
    public void closing(String id) {
        account(id, new CreditsServer.Told(StandingStatus.ACTIVE, Credits.of(100), 0, true));
    }

    private void account(String id, CreditsServer.Told told) {
        RestAssured.given()
                .noFilters()
                .contentType(ContentType.JSON)
                .body(Json.bytes(told))
                .put(url + "/told/" + id)
                .then()
                .statusCode(200);
    }

    /** {@code balance}, {@code grants}, {@code asked}, {@code reference}. */
    public JsonPath given(String id) {
        return RestAssured.given()
                .noFilters()
                .get(url + "/told/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
