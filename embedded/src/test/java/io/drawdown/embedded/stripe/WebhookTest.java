package io.drawdown.embedded.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.param.EventListParams;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WebhookTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DAY_SECONDS = 24 * 60 * 60;

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());
    private Receiver receiver;
    private Customer customer;

    @BeforeEach
    void begin() throws IOException, StripeException {
        receiver = new Receiver(0);
        customer = merchant.customer();
        endpoint(new JsonObject().put("secrets", new JsonArray().add("whsec_first")));
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private void endpoint(JsonObject endpoint) {
        merchant.oracle(
                "POST", "webhook_endpoints", endpoint.put("url", receiver.url()).put("retry_ms", 20));
    }

    private void fault(JsonObject fault) {
        merchant.oracle("POST", "webhook_faults", fault);
    }

    private PaymentIntent charge(String item) throws StripeException {
        PaymentIntent intent = merchant.create(customer, item, "create-" + item);
        return merchant.confirm(intent, merchant.attach("pm_card_visa", customer), "confirm-" + item);
    }

    private void awaitNothingWaits() {
        await().atMost(PATIENCE).until(() -> merchant.oracle("GET", "webhooks", new JsonObject())
                .getJsonArray("waiting")
                .isEmpty());
    }

    private Event received(String type) {
        await().atMost(PATIENCE).until(() -> receiver.types().contains(type));
        return receiver.verified.stream()
                .filter(event -> event.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyEventIsDeliveredSignedAndShowsItsObject() throws StripeException {
        // When
        PaymentIntent paid = charge("7");

        // Then
        Event event = received("payment_intent.succeeded");
        assertThat(event.getDataObjectDeserializer().getObject())
                .hasValueSatisfying(
                        shown -> assertThat(((PaymentIntent) shown).getId()).isEqualTo(paid.getId()));
        assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("confirm-7");
        assertThat(event.getLivemode()).isFalse();
        awaitNothingWaits();
        assertThat(receiver.types())
                .containsExactlyInAnyOrder(
                        "payment_intent.created",
                        "payment_method.attached",
                        "charge.succeeded",
                        "payment_intent.succeeded");
    }

    @Test
    void rotatedSecretsSignBoth() throws StripeException {
        // Given
        endpoint(new JsonObject()
                .put("secrets", new JsonArray().add("whsec_second").add("whsec_first")));

        // When
        charge("7");
        awaitNothingWaits();
        receiver.secret = "whsec_second";
        charge("8");
        awaitNothingWaits();

        // Then
        assertThat(receiver.refused).hasValue(0);
        assertThat(receiver.types()).hasSize(8);
    }

    @Test
    void deliveryIsRepeatedUntilItIsAccepted() throws StripeException {
        // Given
        receiver.failuresLeft.set(3);

        // When
        merchant.create(customer, "7", "create");

        // Then
        received("payment_intent.created");
        awaitNothingWaits();
        assertThat(receiver.failuresLeft).hasValue(0);
        assertThat(receiver.verified).hasSize(1);
    }

    @Test
    void deliveryThatIsNeverAcceptedEnds() throws StripeException {
        // Given
        endpoint(new JsonObject().put("attempts", 3));
        receiver.failuresLeft.set(100);

        // When
        merchant.create(customer, "7", "create");

        // Then
        awaitNothingWaits();
        assertThat(receiver.failuresLeft).hasValue(97);
        assertThat(receiver.verified).isEmpty();
    }

    @Test
    void droppedEventIsInTheListAndCanBeResent() throws StripeException {
        // Given
        fault(new JsonObject().put("kind", "drop").put("type", "payment_intent.succeeded"));

        // When
        charge("7");
        received("charge.succeeded");
        awaitNothingWaits();

        // Then
        assertThat(receiver.types()).doesNotContain("payment_intent.succeeded");
        List<Event> listed = merchant.stripe()
                .events()
                .list(EventListParams.builder()
                        .setType("payment_intent.succeeded")
                        .build())
                .getData();
        assertThat(listed).hasSize(1);
        merchant.oracle(
                "POST",
                "webhooks/resend",
                new JsonObject().put("event", listed.getFirst().getId()));
        assertThat(received("payment_intent.succeeded").getId())
                .isEqualTo(listed.getFirst().getId());
    }

    @Test
    void duplicateIsTheSameEvent() throws StripeException {
        // Given
        fault(new JsonObject()
                .put("kind", "duplicate")
                .put("copies", 3)
                .put("metadata", new JsonObject().put("item", "7")));

        // When
        merchant.create(customer, "7", "create");

        // Then
        awaitNothingWaits();
        assertThat(receiver.verified).hasSize(3);
        assertThat(receiver.verified.stream().map(Event::getId).distinct()).hasSize(1);
    }

    @Test
    void heldEventsOfOneSecondArriveInReverse() throws StripeException {
        // Given
        merchant.oracle("POST", "clock", new JsonObject().put("stopped", true));
        fault(new JsonObject().put("kind", "hold").put("times", -1).put("type", "payment_intent.*"));
        charge("7");
        received("charge.succeeded");

        // When
        merchant.oracle("POST", "webhooks/release", new JsonObject().put("reversed", true));

        // Then
        awaitNothingWaits();
        List<Event> intents = receiver.verified.stream()
                .filter(event -> event.getType().startsWith("payment_intent."))
                .toList();
        assertThat(intents)
                .extracting(Event::getType)
                .containsExactlyInAnyOrder("payment_intent.succeeded", "payment_intent.created");
        assertThat(intents.stream().map(Event::getCreated).distinct()).hasSize(1);
    }

    @Test
    void delayedEventComesDaysLaterByTheClock() throws StripeException {
        // Given
        fault(new JsonObject()
                .put("kind", "delay")
                .put("seconds", 3 * DAY_SECONDS)
                .put("type", "payment_intent.succeeded"));
        charge("7");
        received("charge.succeeded");
        assertThat(receiver.types()).doesNotContain("payment_intent.succeeded");

        // When
        merchant.oracle("POST", "clock", new JsonObject().put("advance_seconds", 3 * DAY_SECONDS));

        // Then
        received("payment_intent.succeeded");
    }

    @Test
    void eventOfAnotherVersionHasNoObjectForTheClient() throws StripeException {
        // Given
        fault(new JsonObject().put("kind", "api_version").put("api_version", "2020-08-27"));

        // When
        merchant.create(customer, "7", "create");

        // Then
        Event event = received("payment_intent.created");
        assertThat(event.getApiVersion()).isEqualTo("2020-08-27");
        assertThat(event.getDataObjectDeserializer().getObject()).isEmpty();
    }

    @Test
    void signatureOfSomebodyElseIsRefusedAndCountsAsAFailedAttempt() throws StripeException {
        // Given
        endpoint(new JsonObject().put("attempts", 2));
        fault(new JsonObject().put("kind", "bad_signature"));

        // When
        merchant.create(customer, "7", "create");

        // Then
        awaitNothingWaits();
        assertThat(receiver.refused).hasValue(2);
    }

    @Test
    void signatureThatIsTooOldIsRefused() throws StripeException {
        // Given
        endpoint(new JsonObject().put("attempts", 1).put("skew_seconds", -301));

        // When
        merchant.create(customer, "7", "create");

        // Then
        awaitNothingWaits();
        assertThat(receiver.refused).hasValue(1);
    }
}
