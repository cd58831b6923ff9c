package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.CardForm;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A live session outlives the credits that it began with: an automatic top-up buys more by card. */
class TopUpByCardTest {

    private static final String ACCOUNT = "top-up";
    private static final int CREDITS = 15;
    private static final int PACK_CENTS = 150;
    private static final String CONFIRMATIONS = "/v1/payment_intents/*/confirm";

    private static Suite suite;
    private static Api billing;
    private static Api stripe;

    @BeforeAll
    static void start(@TempDir Path home) {
        suite = Suite.start(
                home,
                Map.of(),
                Service.CREDITS_SERVICE,
                Service.SESSION_SERVICE,
                Service.CHECKPOINT_WORKER,
                Service.BILLING_BATCH);
        billing = suite.batch(suite.stack().api(Service.BILLING_BATCH), Role.GATEWAY);
        stripe = new Api(suite.stack().standIns().stripe().orElseThrow(), CardForm.PUBLISHABLE_KEY);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @Test
    void topUpWhosePaymentAnswerIsLostIsPaidOnceAndExtendsALiveSession() {
        // Given
        suite.open(ACCOUNT, CREDITS);
        new CardForm(billing, stripe).attach(ACCOUNT, CardForm.PAYS);
        stripe.post("_oracle/faults", null, "{\"kind\":\"no_answer_after\",\"path\":\"" + CONFIRMATIONS + "\"}")
                .expect(200);
        billing.put("auto-top-ups/" + ACCOUNT, "{\"threshold\":10,\"pack\":\"pack_300\"}")
                .expect(201);
        PersistentClient client = suite.clients(1, i -> new SessionRequest(ACCOUNT, "live_dubbing", "only"))
                .getFirst();

        // When
        Thread session = Thread.ofVirtual().start(() -> suite.runAll(List.of(client), 60));
        suite.await(50, () -> client.isOver() || usedMillis() > CREDITS * 1_000);
        client.end();
        Suite.join(session);

        // Then
        JsonNode ended = client.seen("ended").getLast().frame();
        assertThat(ended.path("used_millis").asLong()).isGreaterThan(CREDITS * 1_000);
        assertThat(purchases()).singleElement().satisfies(purchase -> {
            assertThat(purchase.path("state").asText()).isEqualTo("granted");
            assertThat(purchase.path("automatic").asBoolean()).isTrue();
        });
        assertThat(taken()).isEqualTo(PACK_CENTS);
        assertThat(faultsOfConfirmations()).containsOnlyOnce("no_answer_after");
        suite.awaitNothingHeld(ACCOUNT);
        assertThat(suite.check()).isEqualTo("clean[]");
    }

    private static long usedMillis() {
        return suite.sessions(ACCOUNT).stream()
                .mapToLong(session -> session.path("used_millis").asLong())
                .max()
                .orElse(0);
    }

    private static List<JsonNode> purchases() {
        return billing.items("purchases?account=" + ACCOUNT);
    }

    private static int taken() {
        return stripe.get("_oracle/charges?metadata[payer]=" + ACCOUNT)
                .expect(200)
                .path("taken")
                .asInt();
    }

    private static List<String> faultsOfConfirmations() {
        return stripe.get("_oracle/requests?path=" + CONFIRMATIONS)
                .expect(200)
                .path("requests")
                .findValuesAsText("fault");
    }
}
