package io.drawdown.sessions.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.security.Role;
import io.drawdown.kit.security.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class SessionSocketTest {

    private static final CreditsHttpStub CREDITS = CreditsHttpStub.ONLY;

    @Test
    void sessionStopsAtTheSecondThatWasStillAffordable() {
        // Given
        String account = account(3);
        try (TestClient client = gateway()) {
            // When
            client.start(account, "k");
            JsonNode started = client.await("started");
            int code = client.closeCode();
            // Then
            assertThat(started.path("funded_millis").asLong()).isEqualTo(3_000);
            assertThat(started.path("rate").path("price").asInt()).isEqualTo(1);
            JsonNode ended = client.await("ended");
            assertThat(ended.path("reason").asText()).isEqualTo("exhausted");
            assertThat(ended.path("used_millis").asLong()).isEqualTo(3_000);
            assertThat(code).isEqualTo(4003);
        }
    }

    @Test
    void sessionGoesOnAfterATopUpNearItsEnd() {
        // Given
        String account = account(2);
        try (TestClient client = gateway()) {
            client.start(account, "k").await("started");
            client.await("ending");
            // When
            CREDITS.grant(account, 2);
            // Then
            assertThat(client.closeCode()).isEqualTo(4003);
            assertThat(client.await("ended").path("used_millis").asLong()).isEqualTo(4_000);
        }
    }

    @Test
    void startWithoutCreditsIsRefused() {
        // Given
        String account = account(0);
        try (TestClient client = gateway()) {
            // When
            JsonNode refused = client.start(account, "k").await("refused");
            // Then
            assertThat(refused.path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:insufficient-credits");
            assertThat(refused.path("credits_required").asInt()).isEqualTo(1);
            assertThat(refused.path("upgrade_required").asBoolean()).isTrue();
            assertThat(client.closeCode()).isEqualTo(4003);
        }
    }

    @Test
    void clientEndsItsSession() {
        // Given
        String account = account(60);
        try (TestClient client = TestClient.withToken(TestTokens.of(account, Role.USER))) {
            client.say("type", "start", "kind", "live_dubbing", "start_key", "k")
                    .await("started");
            // When
            client.say("type", "end");
            // Then
            assertThat(client.await("ended").path("reason").asText()).isEqualTo("user");
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void repeatedStartKeyIsTheSameSession() {
        // Given
        String account = account(60);
        try (TestClient first = gateway();
                TestClient second = gateway()) {
            JsonNode one = first.start(account, "same").await("started");
            // When
            second.start(account, "same");
            // Then
            assertThat(first.closeCode()).isEqualTo(4009);
            JsonNode two = second.frames().isEmpty()
                    ? second.await("started")
                    : second.frames().getFirst();
            assertThat(two.path("session_id")).isEqualTo(one.path("session_id"));
            assertThat(CREDITS.asked("start", one.path("session_id").asText())).isEqualTo(1);
        }
    }

    @Test
    void clientThatComesBackGoesOnWithTheSameSession() {
        // Given
        String account = account(60);
        try (TestClient first = gateway();
                TestClient second = gateway()) {
            JsonNode started = first.start(account, "k").await("started");
            // When
            second.resume(started, "next", 1);
            JsonNode resumed = second.await("resumed");
            // Then
            assertThat(resumed.path("epoch")).isEqualTo(started.path("epoch"));
            assertThat(first.closeCode()).isEqualTo(4009);
        }
    }

    @Test
    void clientThatStaysAwayEndsItsSession() {
        // Given
        String account = account(60);
        String id;
        try (TestClient client = gateway()) {
            id = client.start(account, "k").await("started").path("session_id").asText();
            // When
            client.vanish();
        }
        // Then
        RestSessions.awaitState(id, "ended").body("reason", equalTo("disconnected"));
    }

    @Test
    void outageOfCreditsServiceEndsNoSession() {
        // Given
        String account = account(4);
        try (TestClient client = gateway()) {
            client.start(account, "k").await("started");
            CREDITS.beAway(true);
            // When
            client.await("unfunded");
            CREDITS.grant(account, 1);
            CREDITS.beAway(false);
            // Then
            assertThat(client.closeCode()).isEqualTo(4003);
            assertThat(client.await("ended").path("used_millis").asLong()).isEqualTo(5_000);
        } finally {
            CREDITS.beAway(false);
        }
    }

    @Test
    void requestsToCreditsServiceCarryTheServiceToken() {
        // Given
        String account = account(5);
        try (TestClient client = gateway()) {
            // When
            client.start(account, "k").await("started");
            // Then
            assertThat(CREDITS.tokens()).allMatch(token -> token.matches("Bearer [^ ]+\\.[^ ]+\\.[^ \\n]+"));
        }
    }

    @Test
    void requestsToCreditsServiceCarryADeadlineInItsTime() {
        // Given
        try (TestClient client = gateway()) {
            client.start(account(5), "first").await("started");
        }
        // When
        try (TestClient client = gateway()) {
            client.start(account(5), "second").await("started");
        }
        // Then
        assertThat(CREDITS.deadlines()).isNotEmpty().allSatisfy(deadline -> assertThat(deadline)
                .isBetween(CreditsHttpStub.TIME, CreditsHttpStub.TIME.plusSeconds(600)));
    }

    @Test
    void anonymousClientMayAuthenticateWithTheFirstFrame() {
        // Given
        String account = account(5);
        try (TestClient client = TestClient.anonymous()) {
            // When
            client.say("type", "authenticate", "token", TestTokens.of(account, Role.USER));
            client.say("type", "start", "kind", "live_dubbing", "start_key", "k");
            // Then
            client.await("started");
        }
    }

    @Test
    void browserCarriesItsTokenInASubProtocol() {
        // Given
        String account = account(5);
        try (TestClient client = TestClient.browser(TestTokens.of(account, Role.USER))) {
            // When
            client.say("type", "start", "kind", "live_dubbing", "start_key", "k");
            // Then
            client.await("started");
        }
    }

    @Test
    void clientWithAnInvalidTokenIsRejected() {
        try (TestClient forged = TestClient.withToken(TestTokens.forged("ada", Role.USER));
                TestClient expired = TestClient.withToken(TestTokens.validFor(Duration.ofHours(-1), "ada", Role.USER));
                TestClient service = TestClient.withToken(TestTokens.of("ada", Role.SERVICE));
                TestClient silent = TestClient.anonymous();
                TestClient liar = TestClient.anonymous();
                TestClient hasty = TestClient.anonymous()) {
            // When
            liar.say("type", "authenticate", "token", "x.y.z");
            hasty.start("ada", "k");
            // Then
            for (TestClient each : new TestClient[] {forged, expired, service, silent, liar, hasty}) {
                assertThat(each.closeCode()).isEqualTo(4001);
                assertThat(each.await("error").path("problem").path("type").asText())
                        .isEqualTo("urn:drawdown:problem:unauthenticated");
            }
        }
    }

    @Test
    void pageOfAnotherOriginGetsNoSocket() {
        TestClient.fromOrigin(SessionServers.ORIGIN).close();
        assertThatThrownBy(() -> TestClient.fromOrigin("https://evil.example"))
                .rootCause()
                .hasMessageContaining("403");
    }

    @Test
    void userMayNotStartOnAnotherAccount() {
        // Given
        String account = account(5);
        try (TestClient client = TestClient.withToken(TestTokens.of("somebody-else", Role.USER))) {
            // When
            client.start(account, "k");
            // Then
            assertThat(client.await("refused").path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:forbidden");
        }
    }

    @Test
    void accountHasABoundedNumberOfSessions() {
        // Given
        String account = account(600);
        try (TestClient a = gateway();
                TestClient b = gateway();
                TestClient c = gateway();
                TestClient d = gateway()) {
            a.start(account, "a").await("started");
            b.start(account, "b").await("started");
            c.start(account, "c").await("started");
            // When
            JsonNode refused = d.start(account, "d").await("refused");
            // Then
            assertThat(refused.path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:too-many-sessions");
        }
    }

    @Test
    void socketWithoutASessionIsIdle() {
        try (TestClient client = gateway()) {
            assertThat(client.closeCode()).isEqualTo(4008);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                             | malformed-json",
                "''                                            | malformed-json",
                "null                                          | malformed-json",
                "[]                                            | malformed-json",
                "\"start\"                                     | malformed-json",
                "{}                                            | malformed-json",
                "{\"type\":\"dance\"}                          | malformed-json",
                "{\"type\":7}                                  | malformed-json",
                "{\"type\":\"authenticate\"}                   | invalid-request",
                "{\"type\":\"authenticate\",\"token\":5}       | invalid-request",
                "{\"type\":\"end\",\"type\":\"end\"}           | invalid-request",
                "{\"type\":\"end\"}                            | invalid-request",
                "{\"type\":\"end\"} {\"type\":\"end\"}         | malformed-json"
            })
    void frameThatCannotBeObeyedIsAnsweredWithAnError(String text, String slug) {
        try (TestClient client = gateway()) {
            // When
            client.send(text);
            // Then
            assertThat(client.await("error").path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:" + slug);
            client.say("type", "ping").await("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"start\"}",
                "{\"type\":\"start\",\"kind\":\"x\",\"start_key\":\"k\",\"account\":\"a\",\"max_credits\":5}",
                "{\"type\":\"start\",\"kind\":\"LIVE !\",\"start_key\":\"k\",\"account\":\"a\"}",
                "{\"type\":\"start\",\"kind\":\"x\",\"start_key\":\"\",\"account\":\"a\"}",
                "{\"type\":\"start\",\"kind\":\"x\",\"start_key\":\"k\",\"account\":\"a b\"}",
                "{\"type\":\"start\",\"kind\":\"x\",\"start_key\":\"k\"}",
                "{\"type\":\"resume\",\"session_id\":\"s\"}"
            })
    void startOrResumeThatIsWrongInItselfIsRefused(String text) {
        try (TestClient client = gateway()) {
            // When
            client.send(text);
            // Then
            assertThat(client.await("refused").path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:invalid-request");
            assertThat(client.closeCode()).isEqualTo(4008);
        }
    }

    @Test
    void unknownKindIsRefused() {
        // Given
        String account = account(5);
        try (TestClient client = gateway()) {
            // When
            client.say("type", "start", "kind", "no_such", "account", account, "start_key", "k");
            // Then
            assertThat(client.await("refused").path("problem").path("type").asText())
                    .isEqualTo("urn:drawdown:problem:unknown-kind");
        }
    }

    @Test
    void binaryFramesAreAnsweredWithAnError() {
        try (TestClient client = gateway()) {
            // When
            client.sendBinary(new byte[] {1, 2, 3});
            // Then
            client.await("error");
            client.say("type", "ping").await("pong");
        }
    }

    @Test
    void oversizedFrameClosesWith1009() {
        try (TestClient client = gateway()) {
            // When
            client.send("{\"type\":\"ping\",\"x\":\"" + "x".repeat(20_000) + "\"}");
            // Then
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void floodOfFramesIsRateLimited() {
        try (TestClient client = gateway()) {
            // When
            client.flood("{\"type\":\"ping\"}", 150);
            // Then
            assertThat(client.closeCode()).isEqualTo(4029);
        }
    }

    private static String account(long credits) {
        String id = "acc-" + UUID.randomUUID();
        if (credits > 0) {
            CREDITS.grant(id, credits);
        }
        return id;
    }

    private static TestClient gateway() {
        return TestClient.withToken(TestTokens.of("shop", Role.GATEWAY));
    }
}
