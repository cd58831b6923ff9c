package io.drawdown.kit.audit;

import io.drawdown.kit.problem.ProblemsTest;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(ProblemsTest.Keys.class)
class OperatorActionsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            lines.add(event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(OperatorActions.CATEGORY).addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger(OperatorActions.CATEGORY).removeHandler(handler);
    }

    @Test
    void actionOfAnOperatorIsOneLineWithoutWhatWasSent() {
        // Given
        String token = TestTokens.of("ops-7", Role.OPERATOR, Role.GATEWAY);
        // When
        given().auth()
                .oauth2(token)
                .header("X-Request-ID", "audit-1")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .contentType("application/json")
                .body("{\"meter\":\"a-secret\",\"amount\":1,\"units\":1}")
                .post("/probe")
                .then()
                .statusCode(200);
        // Then
        Awaitility.await().until(() -> !lines.isEmpty());
        assertThat(lines)
                .containsExactly(
                        "Operator action: operator=ops-7 action=buy method=POST path=/probe status=200 result=-"
                                + " requestId=audit-1 traceId=" + TRACE);
    }

    @Test
    void refusedActionIsLoggedToo() {
        // When
        as(Role.OPERATOR)
                .contentType("application/json")
                .body("{}")
                .post("/probe")
                .then()
                .statusCode(403);
        // Then
        Awaitility.await().until(() -> !lines.isEmpty());
        assertThat(lines).singleElement().asString().contains("operator=ops action=buy", "status=403");
    }

    @Test
    void lessLogElsewhereEndsNoneHere() {
        assertThat(ConfigProvider.getConfig()
                        .getValue("quarkus.log.category.\"io.drawdown.audit\".level", String.class))
                .isEqualTo("INFO");
    }

    @Test
    void othersAndReadersAreNotLogged() {
        // When
        as(Role.GATEWAY)
                .contentType("application/json")
                .body("{\"meter\":\"m\",\"amount\":1,\"units\":1}")
                .post("/probe")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(TestTokens.of("ops", Role.OPERATOR, Role.GATEWAY))
                .get("/probe/accounts/ada")
                .then()
                .statusCode(200);
        given().contentType("application/json").body("{}").post("/probe").then().statusCode(401);
        // Then
        assertThat(lines).isEmpty();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestTokens.of("ops", role));
    }
}
