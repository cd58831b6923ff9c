package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.CardForm;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** A live session outlives the credits that it began with, because an automatic top-up buys more by card. */
@Isolated("it has a stack of its own")
class TopUpByCardTest {

    private static final String ACCOUNT = "top-up";
    private static final int CREDITS = 15;

    @Test
    void aTopUpByCardExtendsALiveSession(@TempDir Path home) {
        try (Suite suite = Suite.start(
                home,
                Map.of(),
                Service.CREDITS_SERVICE,
                Service.SESSION_SERVICE,
                Service.CHECKPOINT_WORKER,
                Service.BILLING_BATCH)) {
            // Given
            suite.open(ACCOUNT, CREDITS);
            Api billing = suite.billing(Role.GATEWAY);
            Api stripe =
                    new Api(suite.stack().standIns().stripe().orElseThrow(), CardForm.PUBLISHABLE_KEY);
            new CardForm(billing, stripe).attach(ACCOUNT, "4242424242424242");
            billing.put("auto-top-ups/" + ACCOUNT, "{\"threshold\":10,\"pack\":\"pack_300\"}").expect(201);
            PersistentClient client = suite.clients(
                            1, i -> new PersistentClient.SessionRequest(ACCOUNT, "live_dubbing", "only"))
                    .getFirst();
            // When
            Thread session = Thread.ofVirtual().start(() -> suite.runAll(List.of(client), 60));
            suite.await(50, () -> isFundedBeyond(client));
            client.end();
            Suite.join(session);
            // Then
            JsonNode purchases =
                    billing.get("purchases?account=" + ACCOUNT).expect(200).path("items");
            assertThat(purchases).hasSize(1);
            assertThat(purchases.get(0).path("state").asText()).isEqualTo("granted");
            assertThat(purchases.get(0).path("automatic").asBoolean()).isTrue();
            assertThat(suite.ledger(ACCOUNT).causes())
                    .contains("purchase " + purchases.get(0).path("id").asText());
            suite.awaitNothingHeld(ACCOUNT);
            assertThat(suite.check()).isEqualTo("clean[]");
        }
    }

    /** More time is paid for than the first credits could buy. */
    private static boolean isFundedBeyond(PersistentClient client) {
        return client.seen("extended").stream()
                .anyMatch(seen -> seen.frame().path("funded_millis").asLong() > CREDITS * 1_000L);
    }
}
