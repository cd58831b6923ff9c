package io.drawdown.embedded.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentCreateParams;
import io.drawdown.embedded.ServerChild;
import io.drawdown.embedded.kafka.FreePort;
import io.drawdown.embedded.standin.StandInsMain;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StripeProcessTest {

    private static final int WRITERS = 8;
    private static final int ENOUGH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final int port = FreePort.find();
    private final Merchant merchant = new Merchant("http://127.0.0.1:" + port);
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private ServerChild start() throws IOException {
        return ServerChild.start(StandInsMain.class, folder, "stripe", port);
    }

    @Test
    void killBetweenExecutionAndAnswerHasChargedOnce() throws Exception {
        // Given
        PaymentIntent intent;
        PaymentMethod card;
        try (ServerChild server = start()) {
            Customer customer = merchant.customer();
            card = merchant.attach("pm_card_visa", customer);
            intent = merchant.create(customer, "7", "create");
            merchant.fault(new JsonObject()
                    .put("kind", "no_answer_after")
                    .put("hold", true)
                    .put("path", "*/confirm"));
            CompletableFuture<Void> unanswered =
                    CompletableFuture.runAsync(() -> assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm"))
                            .isInstanceOf(StripeException.class));
            await().atMost(PATIENCE).until(() -> merchant.chargesOf("7") == 1);

            // When
            server.kill();
            unanswered.join();
        }

        // Then
        try (ServerChild server = start()) {
            assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
            PaymentIntent replayed = merchant.confirm(intent, card, "confirm");
            assertThat(replayed.getStatus()).isEqualTo("succeeded");
            assertThat(replayed.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                    .hasValue("true");
            assertThat(merchant.chargesOf("7")).isOne();
            assertThat(server.stop()).isTrue();
        }
    }

    @Test
    void killInTheMiddleOfChargesLosesNothingThatWasAnswered() throws Exception {
        // Given
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
                ServerChild server = start()) {
            Customer customer = merchant.customer();
            PaymentMethod card = merchant.attach("pm_card_visa", customer);
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "writer-" + writer;
                writers.execute(() -> charge(customer, card, name));
            }
            await().atMost(PATIENCE).until(() -> acknowledged.size() > ENOUGH);

            // When
            server.kill();
        }

        // Then
        try (ServerChild server = start()) {
            JsonObject counted = merchant.oracle("GET", "charges?group_by=item", new JsonObject());
            assertThat(counted.getInteger("most")).isOne();
            assertThat(counted.getInteger("count")).isBetween(acknowledged.size(), acknowledged.size() + WRITERS);
            assertThat(counted.getJsonObject("groups").fieldNames()).containsAll(acknowledged.keySet());
            Map.Entry<String, String> one = acknowledged.entrySet().iterator().next();
            Customer customer = merchant.stripe().customers().list().getData().getFirst();
            PaymentIntent replayed = chargeOnce(customer, one.getKey(), one.getValue());
            assertThat(replayed.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                    .hasValue("true");
            assertThat(server.stop()).isTrue();
        }
    }

    /** Charges items until the server is gone. */
    private void charge(Customer customer, PaymentMethod card, String writer) {
        try {
            for (int n = 0; ; n++) {
                String item = writer + "-" + n;
                chargeOnce(customer, item, card.getId());
                acknowledged.put(item, card.getId());
            }
        } catch (StripeException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private PaymentIntent chargeOnce(Customer customer, String item, String card) throws StripeException {
        return merchant.stripe()
                .paymentIntents()
                .create(
                        Merchant.params(customer, item)
                                .setPaymentMethod(card)
                                .setOffSession(PaymentIntentCreateParams.OffSession.ONE_OFF)
                                .setConfirm(true)
                                .build(),
                        Merchant.key("charge-" + item));
    }

    @Test
    void undeliveredEventsAreDeliveredAfterARestart() throws Exception {
        // Given
        int away = FreePort.find();
        String hook = "http://127.0.0.1:" + away + "/hook";
        Path secret = Files.writeString(folder.resolve("secret"), "whsec_first\n");
        try (ServerChild server = ServerChild.start(StandInsMain.class, folder, "stripe", port, hook, secret)) {
            merchant.create(merchant.customer(), "7", "create");
            server.kill();
        }

        // When
        try (Receiver receiver = new Receiver(away);
                ServerChild server = start()) {

            // Then
            await().atMost(PATIENCE).until(() -> receiver.types().contains("payment_intent.created"));
            assertThat(server.stop()).isTrue();
        }
    }

    @Test
    void damagedDataIsExplainedInOneLine() throws Exception {
        // Given
        Path data = Files.createDirectories(folder.resolve("stripe"));
        Files.write(data.resolve("stripe.mv"), new byte[10_000]);

        // When Then
        assertThatThrownBy(this::start)
                .hasMessageStartingWith("The server ended: The payment server could not start: its data in " + data)
                .message()
                .doesNotContain("\tat ")
                .contains("'./drawdown reset'");
    }
}
