package io.drawdown.kit.rate;

import io.drawdown.kit.problem.ProblemsTest;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** The time of the probe stands still, so nothing comes back while a test runs. */
@QuarkusTest
@QuarkusTestResource(ProblemsTest.Keys.class)
@TestProfile(CallerRatesTest.Small.class)
class CallerRatesTest {

    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "drawdown.rate.user-per-second",
                    "1",
                    "drawdown.rate.user-burst",
                    "3",
                    "drawdown.rate.client-burst",
                    "5");
        }
    }

    @Test
    void callerBeyondItsBurstIsToldWhenToComeAgainAndNobodyElseIsRefused() {
        // Given
        String ada = TestTokens.of("ada", Role.USER);
        // When
        List<Integer> answers =
                IntStream.range(0, 4).mapToObj(each -> get(ada).statusCode()).toList();
        Response refused = get(ada);
        // Then
        assertThat(answers).containsExactly(200, 200, 200, 429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.jsonPath().getString("type")).isEqualTo("urn:drawdown:problem:rate-limited");
        assertThat(get(TestTokens.of("ada-too", Role.USER)).statusCode()).isEqualTo(403);
        assertThat(get(TestTokens.of("ada", Role.GATEWAY)).statusCode()).isEqualTo(200);
    }

    @Test
    void invalidTokenIsNotCounted() {
        // Given
        String forged = TestTokens.forged("eve", Role.USER);
        // When, Then
        IntStream.range(0, 5)
                .forEach(each -> assertThat(get(forged).statusCode()).isEqualTo(401));
        assertThat(get(TestTokens.of("eve", Role.USER)).statusCode()).isEqualTo(403);
    }

    @Test
    void anotherServiceIsNotLimited() {
        // Given
        String service = TestTokens.of("session-service", Role.SERVICE, Role.GATEWAY);
        // When, Then
        IntStream.range(0, 7)
                .forEach(each -> assertThat(get(service).statusCode()).isEqualTo(200));
    }

    @Test
    void requestThatTheRoleDoesNotAllowIsRefusedBeforeItIsCounted() {
        // Given
        String operator = TestTokens.of("ops", Role.OPERATOR);
        // When, Then
        IntStream.range(0, 7)
                .forEach(each -> assertThat(get(operator).statusCode()).isEqualTo(403));
    }

    private static Response get(String token) {
        return given().auth().oauth2(token).get("/probe/accounts/ada");
    }
}
