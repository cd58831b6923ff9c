package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.ChargeState.Cancelled;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.Unsettled;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import io.drawdown.billing.charge.DeclineClass;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Charges over HTTP against a Stripe-compatible server, which counts what it took. */
class ChargesAtStripeTest {

    private static final String ID = "chg-1";

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static JsonObject card(String behaviour) {
        return new JsonObject().put("behaviour", behaviour);
    }

    private static JsonObject testCard(String token) {
        return new JsonObject().put("token", token);
    }

    private void moveToItsEnd() {
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.move(ID) instanceof Moved.Ended);
    }

    private String intent() {
        return Objects.requireNonNull(shop.charge(ID).intent()).id();
    }

    @ParameterizedTest
    @CsvSource({"pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_createDispute"})
    void aGoodCardPaysOnce(String token) throws Exception {
        // Given
        shop.attach(testCard(token));
        shop.queue(ID, true);
        // When
        Moved moved = shop.move(ID);
        shop.move(ID);
        // Then
        assertThat(moved).isInstanceOf(Moved.Ended.class);
        assertThat(shop.charge(ID).state()).isInstanceOf(Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "generic_decline, SOFT, DECLINED",
        "insufficient_funds, FUNDS, DECLINED",
        "processing_error, ISSUER, DECLINED",
        "lost_card, HARD, WAITING_FOR_CARD",
        "stolen_card, HARD, WAITING_FOR_CARD",
        "expired_card, CARD_DATA, WAITING_FOR_CARD",
        "incorrect_cvc, CARD_DATA, WAITING_FOR_CARD",
        "authentication_required, AUTHENTICATION, WAITING_FOR_CUSTOMER"
    })
    void aDeclinedCardRestsAndAnotherOnePays(String behaviour, DeclineClass kind, ChargeState.Name state)
            throws Exception {
        // Given
        shop.attach(card(behaviour));
        shop.queue(ID, true);
        // When
        shop.move(ID);
        shop.move(ID);
        ChargeState declined = shop.charge(ID).state();
        int declines = shop.declined(ID);
        shop.attach(testCard("pm_card_visa"));
        shop.move(ID);
        // Then
        assertThat(declined.name()).isEqualTo(state);
        assertThat(declines).isEqualTo(1);
        if (declined instanceof Declined rests) {
            assertThat(rests.decline().kind()).isEqualTo(kind);
        }
        assertThat(shop.charge(ID).state()).isInstanceOf(Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(1);
    }

    @Test
    void thousandChargesOnABadCardAreOneDecline() throws Exception {
        // Given
        shop.attach(testCard("pm_card_chargeCustomerFail"));
        for (int i = 0; i < 20; i++) {
            shop.queue("chg-" + i, true);
        }
        // When
        int declines = 0;
        for (int i = 0; i < 20; i++) {
            shop.move("chg-" + i);
            declines += shop.declined("chg-" + i);
        }
        // Then
        assertThat(declines).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, WAITING_FOR_CUSTOMER", "false, WAITING_FOR_CUSTOMER"})
    void aCustomerWhoAuthenticatesHasPaid(boolean isOffSession, ChargeState.Name waiting) throws Exception {
        // Given
        shop.attach(testCard("pm_card_authenticationRequired"));
        shop.queue(ID, isOffSession);
        shop.move(ID);
        ChargeState before = shop.charge(ID).state();
        // When
        if (!isOffSession) {
            shop.oracle("POST", "authenticate/" + intent(), new JsonObject().put("succeeds", true));
        }
        shop.move(ID);
        // Then
        assertThat(before.name()).isEqualTo(waiting);
        assertThat(shop.charge(ID).state()).isInstanceOf(isOffSession ? WaitingForCustomer.class : Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(isOffSession ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"pays, CHARGED, 1", "generic_decline, DECLINED, 0"})
    void whatTheBankHasNotDecidedIsNoDecline(String decision, ChargeState.Name state, int taken) throws Exception {
        // Given
        shop.attach(card("stays_processing"));
        shop.queue(ID, true);
        shop.move(ID);
        shop.move(ID);
        ChargeState before = shop.charge(ID).state();
        // When
        shop.oracle("POST", "settle/" + intent(), card(decision));
        shop.move(ID);
        // Then
        assertThat(before).isInstanceOf(Unsettled.class);
        assertThat(shop.charge(ID).state().name()).isEqualTo(state);
        assertThat(shop.taken(ID)).isEqualTo(taken);
    }

    static Stream<Arguments> faults() {
        JsonObject once = new JsonObject();
        return Stream.of("/v1/payment_intents", "/v1/payment_intents/*/confirm", "/v1/payment_intents/*")
                .flatMap(path -> Stream.of(
                                once.copy().put("kind", "no_answer_before"),
                                once.copy().put("kind", "no_answer_after"),
                                once.copy().put("kind", "no_answer_after").put("times", 3),
                                once.copy().put("kind", "execute_after_timeout").put("delay_ms", 1_500),
                                once.copy().put("kind", "answer_late").put("delay_ms", 1_500),
                                once.copy().put("kind", "rate_limit"),
                                once.copy().put("kind", "lock_timeout"),
                                once.copy().put("kind", "unauthorized"),
                                once.copy().put("kind", "error_500"),
                                once.copy().put("kind", "error_500").put("executes", true),
                                once.copy().put("kind", "bad_gateway"),
                                once.copy().put("kind", "empty_200"),
                                once.copy().put("kind", "empty_200").put("executes", true))
                        .map(fault -> arguments(fault.put("path", path))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anUnknownOutcomeIsResolvedAndMoneyIsTakenOnce(JsonObject fault) throws Exception {
        // Given
        shop.attach(testCard("pm_card_visa"));
        shop.queue(ID, true);
        shop.oracle("POST", "faults", fault);
        // When
        moveToItsEnd();
        // Then
        assertThat(shop.charge(ID).state()).isInstanceOf(Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PREPARING", "CONFIRMING", "CHARGED"})
    void aProcessThatIsKilledBeforeAWriteTakesMoneyOnce(ChargeState.Name write) throws Exception {
        // Given
        shop.attach(testCard("pm_card_visa"));
        shop.queue(ID, true);
        shop.killBefore(charge -> charge.state().name() == write);
        assertThatThrownBy(() -> shop.move(ID)).isInstanceOfAny(OutcomeUnknown.class, Unavailable.class);
        int takenBefore = shop.taken(ID);
        // When
        shop.killBefore(charge -> false);
        moveToItsEnd();
        // Then
        assertThat(takenBefore).isEqualTo(write == ChargeState.Name.CHARGED ? 1 : 0);
        assertThat(shop.charge(ID).state()).isInstanceOf(Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(1);
    }

    @Test
    void aWishIsGrantedAtStripeFirst() throws Exception {
        // Given
        shop.attach(testCard("pm_card_chargeCustomerFail"));
        shop.queue(ID, true);
        shop.move(ID);
        String intent = intent();
        shop.wish(ID);
        // When
        shop.move(ID);
        // Then
        assertThat(shop.charge(ID).state()).isInstanceOf(Cancelled.class);
        assertThat(shop.oracle("GET", "requests?path=/v1/payment_intents/" + intent + "/cancel", new JsonObject())
                        .getJsonArray("requests"))
                .hasSize(1);
    }

    @Test
    void aSuccessWinsOverAWish() throws Exception {
        // Given: the money was taken, and nobody heard of it
        shop.attach(testCard("pm_card_visa"));
        shop.queue(ID, true);
        shop.killBefore(charge -> charge.state() instanceof Charged);
        assertThatThrownBy(() -> shop.move(ID)).isInstanceOfAny(OutcomeUnknown.class, Unavailable.class);
        shop.killBefore(charge -> false);
        shop.wish(ID);
        assertThat(shop.charge(ID).state()).isInstanceOf(Confirming.class);
        // When
        moveToItsEnd();
        // Then
        assertThat(shop.charge(ID).state()).isInstanceOf(Charged.class);
        assertThat(shop.taken(ID)).isEqualTo(1);
    }

    @Test
    void aCardThatWasRemovedAtStripeIsForgotten() throws Exception {
        // Given
        shop.attach(testCard("pm_card_chargeCustomerFail"));
        shop.queue(ID, true);
        shop.move(ID);
        shop.detachAtStripe();
        shop.core.skip(Duration.ofDays(2));
        // When
        shop.move(ID);
        // Then
        assertThat(shop.charge(ID).state()).isInstanceOf(WaitingForCard.class);
        assertThat(shop.declined(ID)).isEqualTo(1);
    }
}
