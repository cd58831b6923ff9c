package io.drawdown.kit.security;

import io.drawdown.kit.problem.ProblemsTest;
import io.drawdown.kit.testing.OddTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ProblemsTest.Keys.class)
class ClaimsTest {

    @Test
    void tokenWithUnexpectedClaimsIsInvalid() {
        // Given
        SoftAssertions softly = new SoftAssertions();
        // When
        OddTokens.all().forEach((odd, token) -> {
            Response answer = given().auth().oauth2(token).get("/probe/accounts/ada");
            // Then
            softly.assertThat(answer.statusCode()).as(odd).isEqualTo(401);
            softly.assertThat(answer.header("WWW-Authenticate")).as(odd).contains("Bearer", "error=\"invalid_token\"");
        });
        softly.assertAll();
    }

    @Test
    void tokenMayHaveForeignGroupsAndAudiences() {
        String token = OddTokens.signed(OddTokens.good());
        assertThat(given().auth().oauth2(token).get("/probe/accounts/ada").statusCode())
                .isEqualTo(200);
    }

    @Test
    void callerWithoutATokenIsToldWhichKindIsNeeded() {
        assertThat(given().get("/probe/accounts/ada").header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"drawdown\"");
        assertThat(given().header("Authorization", "Basic YTpi")
                        .get("/probe/accounts/ada")
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"drawdown\"");
    }

    @Test
    void twoTokensAreRefused() {
        // When
        Response answer = given().header("Authorization", "Bearer " + TestTokens.of("ada", Role.USER))
                .header("Authorization", "Bearer " + TestTokens.of("bob", Role.USER))
                .get("/probe/accounts/ada");
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getString("detail")).contains("Authorization");
    }
}
