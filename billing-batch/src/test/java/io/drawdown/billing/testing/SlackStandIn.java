package io.drawdown.billing.testing;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/** The stand-in for Slack, asked over HTTP: what was posted, and what shall go wrong. */
public final class SlackStandIn {

    private final String url;

    public SlackStandIn(String url) {
        this.url = url;
    }

    public String url() {
        return url;
    }

    public void clear() {
        ask("reset", Map.of());
    }

    /** The bot may post there. */
    public void channel(String id) {
        ask("channels", Map.of("id", id));
    }

    public void closedChannel(String id, String error) {
        ask("channels", Map.of("id", id, "refusal", error));
    }

    /** The next request meets this fault. */
    public void fail(String kind) {
        ask("faults", Map.of("kind", kind));
    }

    public int count(String key) {
        return messages("?key=" + key).getInt("count");
    }

    /** What came to a channel, or to the path of a webhook. */
    public List<String> texts(String place) {
        return messages("").getList("messages.findAll { it.channel == '" + place + "' }.text");
    }

    private JsonPath messages(String query) {
        return RestAssured.given()
                .noFilters()
                .get(url + "/_oracle/messages" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void ask(String what, Map<String, Object> body) {
        RestAssured.given()
                .noFilters()
                .contentType(ContentType.JSON)
                .body(body)
                .post(url + "/_oracle/" + what)
                .then()
                .statusCode(200);
    }
}
