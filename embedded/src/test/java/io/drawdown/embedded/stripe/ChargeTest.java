package io.drawdown.embedded.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ChargeTest {

    private final EmbeddedStripe server = EmbeddedStripe.start(null, 0);
    private final Merchant merchant = new Merchant(server.url());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void confirmedIntentTakesTheMoneyOnce() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentMethod card = merchant.attach("pm_card_visa", customer);
        PaymentIntent intent = merchant.create(customer, "7", "create-7");
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");

        // When
        PaymentIntent confirmed = merchant.confirm(intent, card, "confirm-7");

        // Then
        assertThat(confirmed.getStatus()).isEqualTo("succeeded");
        assertThat(confirmed.getAmountReceived()).isEqualTo(799);
        assertThat(confirmed.getLivemode()).isFalse();
        assertThat(merchant.chargesOf("7")).isOne();
        assertThat(merchant.oracle("GET", "charges?group_by=item", new JsonObject())
                        .getInteger("most"))
                .isOne();
        assertThatThrownBy(() -> merchant.confirm(intent, card, "confirm-again"))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo("payment_intent_unexpected_state");
                    assertThat(refused.getStripeError().getPaymentIntent().getStatus())
                            .isEqualTo("succeeded");
                });
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "generic_decline, card_declined, generic_decline, try_again_later",
        "insufficient_funds, card_declined, insufficient_funds, try_again_later",
        "lost_card, card_declined, lost_card, do_not_try_again",
        "stolen_card, card_declined, stolen_card, do_not_try_again",
        "expired_card, expired_card, , confirm_card_data",
        "processing_error, processing_error, , try_again_later",
        "authentication_required, authentication_required, authentication_required,",
        "do_not_honor, card_declined, do_not_honor,"
    })
    void declineSaysWhyAndTheIntentCanBeConfirmedAgain(
            String behaviour, String code, String declineCode, String adviceCode) throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentMethod bad = merchant.card(customer, new JsonObject().put("behaviour", behaviour));
        PaymentMethod good = merchant.attach("pm_card_visa", customer);
        PaymentIntent intent = merchant.create(customer, "7", "create-7");

        // When
        CardException declined =
                catchThrowableOfType(CardException.class, () -> merchant.confirm(intent, bad, "confirm-1"));

        // Then
        assertThat(declined.getStatusCode()).isEqualTo(402);
        assertThat(declined.getCode()).isEqualTo(code);
        assertThat(declined.getDeclineCode()).isEqualTo(declineCode);
        assertThat(declined.getStripeError().getAdviceCode()).isEqualTo(adviceCode);
        assertThat(declined.getStripeError().getPaymentIntent().getId()).isEqualTo(intent.getId());
        PaymentIntent read = merchant.retrieve(intent);
        assertThat(read.getStatus()).isEqualTo("requires_payment_method");
        assertThat(read.getLastPaymentError().getCode()).isEqualTo(code);
        assertThat(read.getLatestCharge()).isNotNull();
        assertThat(merchant.chargesOf("7")).isZero();
        assertThat(merchant.confirm(intent, good, "confirm-2").getStatus()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_visa_chargeDeclined, card_declined, generic_decline",
        "pm_card_visa_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_visa_chargeDeclinedLostCard, card_declined, lost_card",
        "pm_card_visa_chargeDeclinedStolenCard, card_declined, stolen_card",
        "pm_card_chargeDeclinedExpiredCard, expired_card,",
        "pm_card_chargeDeclinedProcessingError, processing_error,"
    })
    void cardThatDeclinesEverythingCannotBeAttached(String card, String code, String declineCode)
            throws StripeException {
        // Given
        Customer customer = merchant.customer();

        // When
        CardException declined = catchThrowableOfType(CardException.class, () -> merchant.attach(card, customer));

        // Then
        assertThat(declined.getCode()).isEqualTo(code);
        assertThat(declined.getDeclineCode()).isEqualTo(declineCode);
    }

    @Test
    void card0341AttachesAndIsDeclinedLater() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentMethod card = merchant.attach("pm_card_chargeCustomerFail", customer);
        PaymentIntent intent = merchant.create(customer, "7", "create-7");

        // When
        CardException declined =
                catchThrowableOfType(CardException.class, () -> merchant.confirm(intent, card, "confirm-1"));

        // Then
        assertThat(declined.getDeclineCode()).isEqualTo("generic_decline");
    }

    @Test
    void refundsAddUp() throws StripeException {
        // Given
        Customer customer = merchant.customer();
        PaymentIntent intent = merchant.create(customer, "7", "create-7");
        merchant.confirm(intent, merchant.attach("pm_card_visa", customer), "confirm-7");

        // When
        Refund first = refund(intent, 99L);
        Refund rest = refund(intent, null);

        // Then
        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(rest.getAmount()).isEqualTo(700);
        Charge charge = merchant.stripe()
                .paymentIntents()
                .retrieve(
                        intent.getId(),
                        PaymentIntentRetrieveParams.builder()
                                .addExpand("latest_charge.balance_transaction")
                                .build())
                .getLatestChargeObject();
        assertThat(charge.getAmountRefunded()).isEqualTo(799);
        assertThat(charge.getRefunded()).isTrue();
        assertThat(charge.getBalanceTransactionObject().getAmount()).isEqualTo(799);
        assertThat(merchant.oracle("GET", "charges", new JsonObject()).getLong("net"))
                .isZero();
        assertThatThrownBy(() -> refund(intent, null))
                .isInstanceOfSatisfying(InvalidRequestException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo("charge_already_refunded"));
    }

    private Refund refund(PaymentIntent intent, @Nullable Long amount) throws StripeException {
        return merchant.stripe()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .setAmount(amount)
                        .build());
    }
}
