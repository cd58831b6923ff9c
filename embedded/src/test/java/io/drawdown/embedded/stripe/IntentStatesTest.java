package io.drawdown.embedded.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentCreateParams;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class IntentStatesTest {

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());
    private Customer customer;
    private PaymentMethod card;

    @BeforeEach
    void begin() throws StripeException {
        customer = merchant.customer();
        card = merchant.attach("pm_card_visa", customer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PaymentIntent create(PaymentIntentCreateParams.Builder params) throws StripeException {
        return merchant.stripe().paymentIntents().create(params.build());
    }

    @Test
    void intentWithAPaymentMethodWaitsForItsConfirmation() throws StripeException {
        // When
        PaymentIntent intent = create(Merchant.params(customer, "7").setPaymentMethod(card.getId()));

        // Then
        assertThat(intent.getStatus()).isEqualTo("requires_confirmation");
        assertThat(intent.getLatestCharge()).isNull();
        assertThat(merchant.stripe().paymentIntents().confirm(intent.getId()).getStatus())
                .isEqualTo("succeeded");
    }

    @Test
    void manualCaptureTakesNoMoneyBeforeIt() throws StripeException {
        // Given
        PaymentIntent intent =
                create(Merchant.params(customer, "7").setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL));
        assertThat(merchant.confirm(intent, card, "confirm").getStatus()).isEqualTo("requires_capture");
        assertThat(merchant.chargesOf("7")).isZero();

        // When
        PaymentIntent captured = merchant.stripe().paymentIntents().capture(intent.getId());

        // Then
        assertThat(captured.getStatus()).isEqualTo("succeeded");
        assertThat(captured.getAmountReceived()).isEqualTo(799);
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @Test
    void canceledIntentNeverTakesMoney() throws StripeException {
        // Given
        PaymentIntent intent = merchant.create(customer, "7", "create");

        // When
        PaymentIntent canceled = merchant.stripe().paymentIntents().cancel(intent.getId());

        // Then
        assertThat(canceled.getStatus()).isEqualTo("canceled");
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm"))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo("payment_intent_unexpected_state"));
        assertThat(merchant.chargesOf("7")).isZero();
    }

    @Test
    void successWinsOverACancellation() throws StripeException {
        // Given
        PaymentIntent intent = merchant.create(customer, "7", "create");
        merchant.confirm(intent, card, "confirm");

        // When
        InvalidRequestException refused = catchThrowableOfType(
                InvalidRequestException.class,
                () -> merchant.stripe().paymentIntents().cancel(intent.getId()));

        // Then
        assertThat(refused.getCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(refused.getStripeError().getPaymentIntent().getStatus()).isEqualTo("succeeded");
    }

    @Test
    void declinedCreationLeavesItsIntent() throws StripeException {
        // Given
        PaymentMethod bad = merchant.card(customer, new JsonObject().put("behaviour", "lost_card"));

        // When
        CardException declined = catchThrowableOfType(
                CardException.class,
                () -> create(Merchant.params(customer, "7")
                        .setPaymentMethod(bad.getId())
                        .setConfirm(true)));

        // Then
        PaymentIntent intent = declined.getStripeError().getPaymentIntent();
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("requires_payment_method");
        assertThat(merchant.oracle("GET", "charges?metadata[item]=7", new JsonObject())
                        .getInteger("declined"))
                .isOne();
    }

    @Test
    void cardOfAnotherCustomerIsRefused() throws StripeException {
        // Given
        PaymentIntent intent = merchant.create(merchant.customer(), "7", "create");

        // When Then
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm")).isInstanceOf(InvalidRequestException.class);
        assertThat(merchant.chargesOf("7")).isZero();
    }

    @Test
    void offSessionIsForACreationThatConfirms() {
        assertThatThrownBy(() -> create(Merchant.params(customer, "7").setOffSession(true)))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> assertThat(refused.getParam())
                        .isEqualTo("off_session"));
    }

    @Test
    void behaviourOfAnAttachedCardChangesForSomeCharges() throws StripeException {
        // Given
        merchant.oracle(
                "POST",
                "cards",
                new JsonObject()
                        .put("payment_method", card.getId())
                        .put("behaviour", "insufficient_funds")
                        .put("times", 2));
        PaymentIntent intent = merchant.create(customer, "7", "create");
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm-1")).isInstanceOf(CardException.class);
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm-2")).isInstanceOf(CardException.class);

        // When
        PaymentIntent paid = merchant.confirm(intent, card, "confirm-3");

        // Then
        assertThat(paid.getStatus()).isEqualTo("succeeded");
    }

    @Test
    void resetForgetsEverything() throws StripeException {
        // Given
        PaymentIntent intent = merchant.create(customer, "7", "create");
        merchant.confirm(intent, card, "confirm");

        // When
        merchant.oracle("POST", "reset", new JsonObject());

        // Then
        assertThat(merchant.chargesOf("7")).isZero();
        assertThat(merchant.stripe().customers().list().getData()).isEmpty();
        assertThat(merchant.create(merchant.customer(), "7", "create").getId()).isNotEqualTo(intent.getId());
    }
}
