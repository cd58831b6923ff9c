package io.drawdown.kit.testing.openapi;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ApiDescriptionTest {

    private static final String PRICES = "{\"items\":[{\"meter\":\"ai_search\",\"price\":%s}],\"next_cursor\":null%s}";

    @SuppressWarnings("InlineFormatString") // it would hide the call that fills it in
    private static final String PROBLEM =
            "{\"type\":\"urn:drawdown:problem:%s\",\"title\":\"t\",\"status\":%d,\"detail\":\"d\",\"instance\":\"r1\"}";

    private final ApiDescription credits = ApiDescription.read(Path.of("../docs/openapi/credits-service.yaml"));

    @Test
    void describedAnswerDoesNotDeviate() {
        assertThat(prices(PRICES.formatted("10", ""))).isEmpty();
        assertThat(prices(PRICES.formatted("0.1", ""))).isEmpty();
        assertThat(problem("GET", "/api/v1/prices", 503, "unavailable", Map.of("retry-after", "1")))
                .isEmpty();
    }

    @Test
    void bodyDeviatesByAnExtraMissingOrMalformedField() {
        assertThat(prices(PRICES.formatted("10", ",\"more\":1"))).hasSize(1);
        assertThat(prices("{\"items\":[]}")).hasSize(1);
        assertThat(prices(PRICES.formatted("0.0000001", ""))).hasSize(1);
        assertThat(prices(PRICES.formatted("\"10\"", ""))).isNotEmpty();
        assertThat(prices("10 credits")).hasSize(1);
    }

    @Test
    void undescribedStatusDeviates() {
        assertThat(credits.deviations(answer("GET", "/api/v1/prices", 201, Map.of(), "{}")))
                .containsExactly("the status is not described");
    }

    @Test
    void missingOrUndescribedHeaderDeviates() {
        assertThat(problem("GET", "/api/v1/prices", 503, "unavailable", Map.of()))
                .hasSize(1);
        assertThat(problem("GET", "/api/v1/prices", 503, "unavailable", Map.of("retry-after", "soon")))
                .hasSize(1);
        assertThat(problem("GET", "/api/v1/prices", 406, "not-acceptable", Map.of("server-mood", "good")))
                .hasSize(1);
    }

    @Test
    void answerThatMayBeStoredDeviates() {
        assertThat(problem("GET", "/api/v1/prices", 406, "not-acceptable", Map.of("cache-control", "public")))
                .hasSize(1);
    }

    @Test
    void problemThatItsRouteDoesNotDescribeDeviates() {
        assertThat(problem("GET", "/api/v1/accounts/a/balance", 404, "account-not-found", Map.of()))
                .isEmpty();
        assertThat(problem("GET", "/api/v1/accounts/a/balance", 404, "session-not-found", Map.of()))
                .hasSize(1);
    }

    @Test
    void onlyWritesHaveAnUnknownOutcome() {
        Map<String, String> again = Map.of("retry-after", "1");
        assertThat(problem("POST", "/api/v1/accounts/a/charges", 503, "outcome-unknown", again))
                .isEmpty();
        assertThat(problem("PUT", "/api/v1/accounts/a", 503, "outcome-unknown", again))
                .isEmpty();
        assertThat(problem("GET", "/api/v1/accounts/a", 503, "outcome-unknown", again))
                .hasSize(1);
    }

    @Test
    void missingOperationIsTheOnlyFinding() {
        assertThat(problem("GET", "/api/v1/nothing", 404, "not-found", Map.of()))
                .isEmpty();
        assertThat(problem("PATCH", "/api/v1/prices", 405, "method-not-allowed", Map.of("allow", "GET, HEAD")))
                .isEmpty();
        assertThat(problem("PATCH", "/api/v1/prices", 405, "method-not-allowed", Map.of()))
                .hasSize(1);
        assertThat(problem("GET", "/api/v1/live/sessions", 426, "upgrade-required", Map.of("upgrade", "websocket")))
                .isEmpty();
        assertThat(problem("GET", "/api/v1/live/sessions", 426, "upgrade-required", Map.of()))
                .hasSize(1);
        assertThat(credits.deviations(answer("GET", "/api/v1/nothing", 200, Map.of(), "{}")))
                .hasSize(1);
    }

    @Test
    void encodedKeyInAPathIsMatched() {
        String operation = "/api/v1/accounts/a/operations/b%2Fc";
        assertThat(problem("GET", operation, 404, "account-not-found", Map.of()))
                .isEmpty();
    }

    private List<String> prices(String body) {
        return credits.deviations(
                answer("GET", "/api/v1/prices", 200, Map.of("content-type", "application/json;charset=UTF-8"), body));
    }

    private List<String> problem(String method, String path, int status, String name, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", "application/problem+json");
        return credits.deviations(answer(method, path, status, all, PROBLEM.formatted(name, status)));
    }

    private static Answer answer(String method, String path, int status, Map<String, String> headers, String body) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        all.put("x-request-id", List.of("r1"));
        all.put("server-time", List.of("2026-01-31T12:00:00.000Z"));
        HeaderRules.OF_EVERY_ANSWER.forEach((name, value) -> all.putIfAbsent(name, List.of(value)));
        return new Answer(method, path, status, all, body.getBytes(StandardCharsets.UTF_8));
    }
}
