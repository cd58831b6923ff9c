package io.drawdown.embedded.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentMethodCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.SetupIntentConfirmParams;
import com.stripe.param.SetupIntentCreateParams;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CardSetupTest {

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

    private SetupIntent setup() throws StripeException {
        return merchant.stripe()
                .setupIntents()
                .create(SetupIntentCreateParams.builder()
                        .setCustomer(customer.getId())
                        .setUsage(SetupIntentCreateParams.Usage.OFF_SESSION)
                        .addPaymentMethodType("card")
                        .build());
    }

    private SetupIntent confirm(SetupIntent setup, String card) throws StripeException {
        return merchant.stripe()
                .setupIntents()
                .confirm(
                        setup.getId(),
                        SetupIntentConfirmParams.builder()
                                .setPaymentMethod(card)
                                .setReturnUrl("http://127.0.0.1/back")
                                .build());
    }

    private PaymentIntent charge(String method, String item) throws StripeException {
        PaymentIntent intent = merchant.create(customer, item, "create-" + item);
        return merchant.confirm(intent, merchant.stripe().paymentMethods().retrieve(method), "confirm-" + item);
    }

    @Test
    void setUpCardIsAttachedAndCanBeChargedLater() throws StripeException {
        // Given
        SetupIntent setup = setup();
        assertThat(setup.getStatus()).isEqualTo("requires_payment_method");

        // When
        SetupIntent done = confirm(setup, "pm_card_visa");

        // Then
        assertThat(done.getStatus()).isEqualTo("succeeded");
        assertThat(merchant.stripe()
                        .paymentMethods()
                        .list(PaymentMethodListParams.builder()
                                .setCustomer(customer.getId())
                                .setType(PaymentMethodListParams.Type.CARD)
                                .build())
                        .getData())
                .extracting(PaymentMethod::getId)
                .containsExactly(done.getPaymentMethod());
        assertThat(charge(done.getPaymentMethod(), "7").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void card3155AsksItsHolderOnceAndThenNoMore() throws StripeException {
        // Given
        SetupIntent asked = confirm(setup(), "pm_card_authenticationRequiredOnSetup");
        assertThat(asked.getStatus()).isEqualTo("requires_action");
        assertThat(asked.getNextAction().getRedirectToUrl().getUrl()).contains("/_oracle/authenticate/");

        // When
        merchant.oracle("POST", "authenticate/" + asked.getId(), new JsonObject());

        // Then
        assertThat(merchant.stripe().setupIntents().retrieve(asked.getId()).getStatus())
                .isEqualTo("succeeded");
        assertThat(charge(asked.getPaymentMethod(), "7").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void pageOfTheBankLeadsBackToTheMerchant() throws StripeException {
        // Given
        SetupIntent asked = confirm(setup(), "pm_card_authenticationRequired");
        String page = asked.getNextAction()
                .getRedirectToUrl()
                .getUrl()
                .substring(server.url().length());
        assertThat(merchant.raw("GET", page, "").body()).contains("succeeds=true");

        // When
        HttpResponse<String> done = merchant.raw("GET", page + "?succeeds=true", "");

        // Then
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).hasValue("http://127.0.0.1/back");
        assertThat(merchant.stripe().setupIntents().retrieve(asked.getId()).getStatus())
                .isEqualTo("succeeded");
    }

    @Test
    void holderWhoDoesNotAuthenticateHasNoCard() throws StripeException {
        // Given
        SetupIntent asked = confirm(setup(), "pm_card_authenticationRequired");

        // When
        merchant.oracle("POST", "authenticate/" + asked.getId(), new JsonObject().put("succeeds", false));

        // Then
        SetupIntent read = merchant.stripe().setupIntents().retrieve(asked.getId());
        assertThat(read.getStatus()).isEqualTo("requires_payment_method");
        assertThat(read.getLastSetupError().getCode()).isEqualTo("setup_intent_authentication_failure");
    }

    @Test
    void card3184IsDeclinedWhileItsHolderIsAway() throws StripeException {
        // Given
        SetupIntent asked = confirm(setup(), "pm_card_authenticationRequired");
        merchant.oracle("POST", "authenticate/" + asked.getId(), new JsonObject());

        // When
        CardException declined = catchThrowableOfType(CardException.class, () -> charge(asked.getPaymentMethod(), "7"));

        // Then
        assertThat(declined.getCode()).isEqualTo("authentication_required");
        PaymentIntent intent = declined.getStripeError().getPaymentIntent();
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        assertThat(intent.getLastPaymentError().getPaymentMethod().getId()).isEqualTo(asked.getPaymentMethod());
    }

    @Test
    void holderWhoIsThereAuthenticatesAndPays() throws StripeException {
        // Given
        PaymentMethod card = merchant.attach("pm_card_authenticationRequired", customer);
        PaymentIntent intent = merchant.create(customer, "7", "create");
        PaymentIntent asked = merchant.stripe()
                .paymentIntents()
                .confirm(
                        intent.getId(),
                        PaymentIntentConfirmParams.builder()
                                .setPaymentMethod(card.getId())
                                .build());
        assertThat(asked.getStatus()).isEqualTo("requires_action");

        // When
        merchant.oracle("POST", "authenticate/" + intent.getId(), new JsonObject());

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @Test
    void card0259PaysAndIsDisputed() throws StripeException {
        // Given
        SetupIntent setup = confirm(setup(), "pm_card_createDispute");

        // When
        PaymentIntent paid = charge(setup.getPaymentMethod(), "7");

        // Then
        assertThat(paid.getStatus()).isEqualTo("succeeded");
        assertThat(merchant.stripe().disputes().list().getData())
                .singleElement()
                .satisfies(dispute -> {
                    assertThat(dispute.getPaymentIntent()).isEqualTo(paid.getId());
                    assertThat(dispute.getStatus()).isEqualTo("needs_response");
                });
    }

    @Test
    void disputeIsOpenedAndClosedByTheOracle() throws StripeException {
        // Given
        SetupIntent setup = confirm(setup(), "pm_card_visa");
        PaymentIntent paid = charge(setup.getPaymentMethod(), "7");
        String dispute = merchant.oracle("POST", "disputes", new JsonObject().put("payment_intent", paid.getId()))
                .getString("id");

        // When
        merchant.oracle("POST", "disputes/" + dispute, new JsonObject().put("won", false));

        // Then
        assertThat(merchant.stripe().disputes().retrieve(dispute).getStatus()).isEqualTo("lost");
        assertThat(merchant.stripe().charges().retrieve(paid.getLatestCharge()).getDisputed())
                .isTrue();
    }

    @Test
    void paymentStaysProcessingUntilTheNetworkAnswers() throws StripeException {
        // Given
        PaymentMethod card = merchant.card(customer, new JsonObject().put("behaviour", "stays_processing"));
        PaymentIntent intent = merchant.create(customer, "7", "create");
        assertThat(merchant.confirm(intent, card, "confirm").getStatus()).isEqualTo("processing");
        assertThat(merchant.chargesOf("7")).isZero();

        // When
        merchant.oracle("POST", "settle/" + intent.getId(), new JsonObject());

        // Then
        assertThat(merchant.retrieve(intent).getStatus()).isEqualTo("succeeded");
        assertThat(merchant.chargesOf("7")).isOne();
    }

    @Test
    void numbersOfTestCardsOnly() throws StripeException {
        // When
        PaymentMethod known = number("4000 0000 0000 0341");

        // Then
        assertThat(known.getCard().getLast4()).isEqualTo("0341");
        assertThat(known.getCard().getFingerprint())
                .isEqualTo(number("4000000000000341").getCard().getFingerprint())
                .isNotEqualTo(number("4242424242424242").getCard().getFingerprint());
        assertThatThrownBy(() -> number("4111111111111111"))
                .isInstanceOfSatisfying(CardException.class, refused -> assertThat(refused.getDeclineCode())
                        .isEqualTo("test_mode_live_card"));
    }

    private PaymentMethod number(String number) throws StripeException {
        return merchant.stripe()
                .paymentMethods()
                .create(PaymentMethodCreateParams.builder()
                        .setType(PaymentMethodCreateParams.Type.CARD)
                        .setCard(PaymentMethodCreateParams.CardDetails.builder()
                                .setNumber(number)
                                .setExpMonth(12L)
                                .setExpYear(2034L)
                                .setCvc("123")
                                .build())
                        .build());
    }

    @Test
    void browserFinishesASetupWithItsSecretAndNothingElse() throws StripeException {
        // Given
        SetupIntent setup = setup();
        String browser = "Bearer pk_test_ofTheMerchant0123456789";
        String form = "payment_method=pm_card_visa&client_secret=";

        // When
        HttpResponse<String> done = merchant.raw(
                "POST",
                "/v1/setup_intents/" + setup.getId() + "/confirm",
                form + setup.getClientSecret(),
                "Authorization",
                browser);

        // Then
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(merchant.raw(
                                "POST",
                                "/v1/setup_intents/" + setup().getId() + "/confirm",
                                form + "wrong",
                                "Authorization",
                                browser)
                        .statusCode())
                .isEqualTo(400);
        assertThat(merchant.raw("POST", "/v1/customers", "", "Authorization", browser)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void detachedCardCannotBeUsedAgain() throws StripeException {
        // Given
        PaymentMethod card = merchant.attach("pm_card_visa", customer);

        // When
        merchant.stripe().paymentMethods().detach(card.getId());

        // Then
        assertThatThrownBy(() -> charge(card.getId(), "7")).isInstanceOf(StripeException.class);
        assertThatThrownBy(() -> merchant.attach(card.getId(), customer)).isInstanceOf(StripeException.class);
        assertThat(merchant.chargesOf("7")).isZero();
    }
}
