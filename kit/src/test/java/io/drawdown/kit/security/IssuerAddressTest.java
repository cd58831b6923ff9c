package io.drawdown.kit.security;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;

/** A service whose key is an address. */
@QuarkusTest
@TestProfile(IssuerAddressTest.Elsewhere.class)
@QuarkusTestResource(value = IssuerAddressTest.Issuer.class, restrictToAnnotatedClass = true)
class IssuerAddressTest {

    private static final String TOKENS = "drawdown.test.issuer-tokens";

    public static final class Elsewhere implements QuarkusTestProfile {}

    public static final class Issuer implements QuarkusTestResourceLifecycleManager {

        private final TestIssuer issuer = new TestIssuer();

        @Override
        public Map<String, String> start() {
            issuer.show("one");
            return Map.of(
                    "drawdown.jwt-public-key",
                    issuer.address().toString(),
                    TOKENS,
                    issuer.token("one", TestIssuer.claims("ada", "1", List.of(Role.USER))) + " "
                            + issuer.token("two", TestIssuer.claims("ada", "2", List.of(Role.USER))));
        }

        @Override
        public void stop() {
            issuer.close();
        }
    }

    @Test
    void tokenIsVerifiedByTheKeyThatIsShown() {
        // Given
        String[] tokens =
                ConfigProvider.getConfig().getValue(TOKENS, String.class).split(" ", -1);
        // When, Then
        given().auth().oauth2(tokens[0]).get("/probe/accounts/ada").then().statusCode(200);
        given().auth().oauth2(tokens[1]).get("/probe/accounts/ada").then().statusCode(401);
        given().auth().oauth2(tokens[0]).get("/probe/accounts/bob").then().statusCode(403);
    }
}
