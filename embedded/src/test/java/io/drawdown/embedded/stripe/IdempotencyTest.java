package io.drawdown.embedded.stripe;

import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentCreateParams;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class IdempotencyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DAY_SECONDS = 24 * 60 * 60;

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());
    private Customer customer;

    @BeforeEach
    void begin() throws StripeException {
        customer = merchant.customer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sameKeyGivesTheSameAnswer() throws StripeException {
        // Given
        PaymentIntent first = merchant.create(customer, "7", "key-7");

        // When
        PaymentIntent second = merchant.create(customer, "7", "key-7");

        // Then
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
        assertThat(second.getLastResponse().requestId())
                .isNotEqualTo(first.getLastResponse().requestId());
        assertThat(second.getLastResponse().headers().firstValue("Original-Request"))
                .hasValue(first.getLastResponse().requestId());
        assertThat(merchant.oracle("GET", "requests?key=key-7", new JsonObject())
                        .getInteger("count"))
                .isEqualTo(2);
    }

    @Test
    void declineIsTheAnswerUnderItsKeyForEver() throws StripeException {
        // Given
        PaymentMethod card = merchant.card(
                customer,
                new JsonObject().put("behaviour", "insufficient_funds").put("times", 1));
        PaymentIntent intent = merchant.create(customer, "7", "create");
        CardException first =
                catchThrowableOfType(CardException.class, () -> merchant.confirm(intent, card, "confirm"));

        // When
        CardException second =
                catchThrowableOfType(CardException.class, () -> merchant.confirm(intent, card, "confirm"));

        // Then
        assertThat(second.getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(second.getCharge()).isEqualTo(first.getCharge());
        assertThat(merchant.chargesOf("7")).isZero();
        assertThat(merchant.confirm(intent, card, "confirm-2").getStatus()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void serverErrorIsSavedWhetherItExecutedOrNot(boolean executes, int charges) throws StripeException {
        // Given
        PaymentMethod card = merchant.attach("pm_card_visa", customer);
        PaymentIntent intent = merchant.create(customer, "7", "create");
        merchant.fault(new JsonObject()
                .put("kind", "error_500")
                .put("path", "/v1/payment_intents/*/confirm")
                .put("executes", executes));
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm")).isInstanceOf(ApiException.class);

        // When
        ApiException again = catchThrowableOfType(ApiException.class, () -> merchant.confirm(intent, card, "confirm"));

        // Then
        assertThat(again.getStatusCode()).isEqualTo(500);
        assertThat(merchant.chargesOf("7")).isEqualTo(charges);
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo(executes ? "succeeded" : "requires_payment_method");
    }

    @Test
    void keyWithOtherParametersIsRefused() throws StripeException {
        // Given
        merchant.create(customer, "7", "key-7");

        // When
        IdempotencyException refused =
                catchThrowableOfType(IdempotencyException.class, () -> merchant.create(customer, "8", "key-7"));

        // Then
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.getStripeError().getType()).isEqualTo("idempotency_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate_limit", "lock_timeout", "unauthorized", "forbidden", "bad_gateway", "empty_200"})
    void whatWasNotExecutedIsNotSaved(String kind) throws StripeException {
        // Given
        merchant.fault(new JsonObject().put("kind", kind).put("method", "POST"));
        assertThatThrownBy(() -> merchant.create(customer, "7", "key-7")).isNotNull();

        // When
        PaymentIntent created = merchant.create(customer, "7", "key-7");

        // Then
        assertThat(created.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
    }

    @Test
    void refusedParametersAreNotSaved() throws StripeException {
        // Given
        PaymentIntentCreateParams tooSmall =
                Merchant.params(customer, "7").setAmount(1L).build();
        assertThatThrownBy(() -> merchant.stripe().paymentIntents().create(tooSmall, Merchant.key("key-7")))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo("amount_too_small"));

        // When
        PaymentIntent created = merchant.create(customer, "7", "key-7");

        // Then
        assertThat(created.getAmount()).isEqualTo(799);
    }

    @Test
    void rateLimitAndLockTimeoutAreToldApart() {
        // Given
        merchant.fault(new JsonObject().put("kind", "rate_limit"));
        merchant.fault(new JsonObject().put("kind", "lock_timeout"));

        // When
        RateLimitException limited =
                catchThrowableOfType(RateLimitException.class, () -> merchant.create(customer, "7", "key-7"));
        RateLimitException locked =
                catchThrowableOfType(RateLimitException.class, () -> merchant.create(customer, "7", "key-7"));

        // Then
        assertThat(limited.getCode()).isEqualTo("rate_limit");
        assertThat(locked.getCode()).isEqualTo("lock_timeout");
    }

    @Test
    void keyIsInUseWhileItsRequestIsExecuted() {
        // Given
        merchant.fault(new JsonObject().put("kind", "execute_after_timeout").put("delay_ms", 1_500));
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(this::createRaw);
        await().atMost(PATIENCE)
                .until(() -> merchant.oracle("GET", "requests?key=raw", new JsonObject())
                                .getInteger("count")
                        == 1);

        // When
        HttpResponse<String> second = createRaw();

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(new JsonObject(second.body()).getJsonObject("error").getString("code"))
                .isEqualTo("idempotency_key_in_use");
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(createRaw().body()).isEqualTo(first.join().body());
    }

    private HttpResponse<String> createRaw() {
        return merchant.raw(
                "POST",
                "/v1/payment_intents",
                "amount=799&currency=usd",
                "Authorization",
                "Bearer " + Merchant.KEY,
                "Idempotency-Key",
                "raw");
    }

    @Test
    void keyIsNewAfterADay() throws StripeException {
        // Given
        PaymentIntent first = merchant.create(customer, "7", "key-7");
        merchant.oracle("POST", "clock", new JsonObject().put("advance_seconds", DAY_SECONDS - 60));
        assertThat(merchant.create(customer, "7", "key-7").getId()).isEqualTo(first.getId());

        // When
        merchant.oracle("POST", "clock", new JsonObject().put("advance_seconds", 61));

        // Then
        assertThat(merchant.create(customer, "7", "key-7").getId()).isNotEqualTo(first.getId());
    }
}
