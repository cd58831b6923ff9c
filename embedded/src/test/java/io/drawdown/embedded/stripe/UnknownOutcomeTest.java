package io.drawdown.embedded.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentConfirmParams;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class UnknownOutcomeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CONFIRM = "/v1/payment_intents/*/confirm";

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());
    private PaymentMethod card;
    private PaymentIntent intent;

    @BeforeEach
    void begin() throws StripeException {
        Customer customer = merchant.customer();
        card = merchant.attach("pm_card_visa", customer);
        intent = merchant.create(customer, "7", "create");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void executedWithoutAnAnswerIsShownByRetrievalAndReplayedByTheKey() throws StripeException {
        // Given
        merchant.fault(new JsonObject().put("kind", "no_answer_after").put("path", CONFIRM));

        // When
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm")).isInstanceOf(ApiConnectionException.class);

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
        PaymentIntent replayed = merchant.confirm(intent, card, "confirm");
        assertThat(replayed.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
        assertThat(merchant.chargesOf("7")).isOne();
        assertThat(merchant.oracle("GET", "requests?key=confirm", new JsonObject())
                        .getInteger("count"))
                .isEqualTo(2); // the JDK did not send it again by itself
    }

    @Test
    void notExecutedAndNotAnsweredIsExecutedByTheNext() throws StripeException {
        // Given
        merchant.fault(new JsonObject()
                .put("kind", "no_answer_before")
                .put("metadata", new JsonObject().put("item", "7"))
                .put("path", CONFIRM));

        // When
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm")).isInstanceOf(ApiConnectionException.class);

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("requires_payment_method");
        assertThat(merchant.confirm(intent, card, "confirm").getStatus()).isEqualTo("succeeded");
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @Test
    void executionAfterTheTimeOutOfTheClientTakesTheMoney() throws StripeException {
        // Given
        merchant.fault(new JsonObject()
                .put("kind", "execute_after_timeout")
                .put("delay_ms", 700)
                .put("path", CONFIRM));

        // When
        assertThatThrownBy(() -> merchant.stripe(Merchant.KEY, 200)
                        .paymentIntents()
                        .confirm(
                                intent.getId(),
                                PaymentIntentConfirmParams.builder()
                                        .setPaymentMethod(card.getId())
                                        .build(),
                                Merchant.key("confirm")))
                .isInstanceOf(ApiConnectionException.class);

        // Then
        await().atMost(PATIENCE)
                .until(() -> merchant.retrieve(intent).getStatus().equals("succeeded"));
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @Test
    void pageOfAProxyAfterExecutionHidesASuccess() throws StripeException {
        // Given
        merchant.fault(new JsonObject()
                .put("kind", "bad_gateway")
                .put("executes", true)
                .put("path", CONFIRM));

        // When
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm"))
                .isInstanceOfSatisfying(ApiException.class, failed -> assertThat(failed.getStatusCode())
                        .isEqualTo(502));

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
        assertThat(merchant.confirm(intent, card, "confirm").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void emptyAnswerMakesTheClientThrowANullPointer() throws StripeException {
        // Given
        merchant.fault(
                new JsonObject().put("kind", "empty_200").put("executes", true).put("path", CONFIRM));

        // When
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm")).isInstanceOf(NullPointerException.class);

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
    }

    @Test
    void faultWaitsForTheRequestsThatFitAndEnds() throws StripeException {
        // Given
        merchant.fault(new JsonObject()
                .put("kind", "rate_limit")
                .put("key", "retrieve-*")
                .put("after", 1)
                .put("times", 1));
        merchant.fault(new JsonObject()
                .put("kind", "rate_limit")
                .put("method", "GET")
                .put("after", 1)
                .put("times", 1));

        // When
        merchant.retrieve(intent);

        // Then
        assertThatThrownBy(() -> merchant.retrieve(intent)).isInstanceOf(StripeException.class);
        assertThat(merchant.retrieve(intent).getId()).isEqualTo(intent.getId());
    }

    @Test
    void faultOfProbabilityMeetsSomeRequestsAndTheSameOnesWithTheSameSeed() {
        // When
        String first = failuresOfTwenty();
        String second = failuresOfTwenty();

        // Then
        assertThat(first).contains("f").contains("s").isEqualTo(second);
    }

    private String failuresOfTwenty() {
        merchant.oracle("DELETE", "faults", new JsonObject());
        merchant.fault(new JsonObject()
                .put("kind", "rate_limit")
                .put("probability", 0.5)
                .put("seed", 7)
                .put("times", -1));
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            outcomes.append(
                    merchant.raw("GET", "/v1/account", "", "Authorization", "Bearer " + Merchant.KEY)
                                            .statusCode()
                                    == 200
                            ? 's'
                            : 'f');
        }
        return outcomes.toString();
    }

    @Test
    void faultThatIsNotUnderstoodIsRefused() {
        assertThatThrownBy(() -> merchant.fault(
                        new JsonObject().put("kind", "rate_limit").put("tmes", 1)))
                .hasMessageContaining("tmes");
        assertThatThrownBy(() -> merchant.fault(new JsonObject().put("kind", "earthquake")))
                .hasMessageContaining("error");
    }
}
