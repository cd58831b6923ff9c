package io.drawdown.billing.stripe;

import com.stripe.Stripe;
import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.stripe.Receiver.Reply;
import io.drawdown.billing.stripe.Receiver.Request;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What Stripe's library sends for each call, and what its answers mean, over real HTTP. */
class StripePaymentsTest {

    private static final String KEY = "rk_test_0123456789abcdef0123456789abcdef";
    private static final Frozen FROZEN = new Frozen(799, "usd", "cus_1", new StripeAccount("acct_1", false));
    private static final Terms TERMS = new Terms("team-1", 799, Terms.USD, "item:team-1/page-7", true);
    private static final Card CARD = new Card("pm_1", "fp_1", "visa", "4242");
    private static final Intent INTENT = new Intent("pi_1", 1, 2, null, FROZEN);
    private static final Attempt ATTEMPT = new Attempt(2, "chg-1-g1-confirm-2", Instant.EPOCH, CARD, null);
    private static final String PAID = """
        {"id":"pi_1","object":"payment_intent","amount":799,"currency":"usd","status":"succeeded",
         "latest_charge":"ch_1","client_secret":"pi_1_secret_x","a_new_field":{"b":1}}\
        """;

    private final LoopThread core = new LoopThread();
    private Receiver receiver;
    private StripePayments payments;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        payments = payments(new StripeSettings.Rates(25, 100));
    }

    private StripePayments payments(StripeSettings.Rates rates) {
        return new StripePayments(calls(rates));
    }

    private StripeCalls calls(StripeSettings.Rates rates) {
        StripeSettings settings =
                new StripeSettings(KEY, receiver.address(), Duration.ofSeconds(2), Duration.ofSeconds(20), rates, 64);
        return new StripeCalls(settings, core, core);
    }

    @AfterEach
    void stop() {
        receiver.close();
        core.close();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }

    private Request sent() {
        assertThat(receiver.requests()).hasSize(1);
        return receiver.requests().getFirst();
    }

    private Uni<Answer> confirm() {
        return payments.confirm(INTENT, ATTEMPT, true);
    }

    @Test
    void anIntentIsCreatedUnconfirmedForCardsOnly() {
        // Given
        receiver.answers(Reply.of(200, PAID.replace("succeeded", "requires_payment_method")));
        Creation creation = new Creation(1, "chg-1-g1-create", Instant.EPOCH, FROZEN);
        // When
        Answer answer = await(payments.create("chg-1", TERMS, creation));
        // Then
        assertThat(answer).isInstanceOf(Answer.Shown.class);
        assertThat(sent().method()).isEqualTo("POST");
        assertThat(sent().path()).isEqualTo("/v1/payment_intents");
        assertThat(sent().form())
                .isEqualTo(Map.of(
                        "amount", "799",
                        "currency", "usd",
                        "customer", "cus_1",
                        "payment_method_types[0]", "card",
                        "metadata[charge]", "chg-1",
                        "metadata[payer]", "team-1",
                        "metadata[reference]", "item:team-1/page-7"));
        assertThat(sent().headers())
                .containsEntry("Idempotency-Key", "chg-1-g1-create")
                .containsEntry("Stripe-Version", Stripe.API_VERSION)
                .containsEntry("Authorization", "Bearer " + KEY)
                .doesNotContainKey("X-Stripe-Client-Telemetry");
    }

    @Test
    void anIntentIsConfirmedWithTheStoredCardAndKey() {
        // Given
        receiver.answers(Reply.of(200, PAID));
        // When
        Answer answer = await(confirm());
        // Then
        assertThat(answer)
                .isEqualTo(new Answer.Shown(new IntentView("pi_1", Status.SUCCEEDED, 799, "usd", "ch_1", null)));
        assertThat(sent().path()).isEqualTo("/v1/payment_intents/pi_1/confirm");
        assertThat(sent().form()).isEqualTo(Map.of("payment_method", "pm_1", "off_session", "true"));
        assertThat(sent().headers()).containsEntry("Idempotency-Key", "chg-1-g1-confirm-2");
    }

    @Test
    void theAccountIsAskedForOnceHoweverManyNeedIt() throws Exception {
        // Given
        CompletableFuture<List<StripeAccount>> known = new CompletableFuture<>();
        Uni<List<StripeAccount>> all =
                Uni.join().all(payments.account(), payments.account()).andFailFast();
        // When
        core.execute(() -> all.subscribe().with(known::complete, known::completeExceptionally));
        // Then
        assertThat(known.get(30, TimeUnit.SECONDS)).hasSize(2).containsOnly(FROZEN.account());
        assertThat(receiver.accountsAsked()).isOne();
    }

    @Test
    void theCardThatFailedIsShownAndSoIsTheOneThatPaid() {
        // Given
        receiver.answers(Reply.of(200, """
            {"id":"pi_1","object":"payment_intent","amount":799,"currency":"usd","status":"requires_payment_method",
             "latest_charge":"ch_2","payment_method":null,"last_payment_error":{"type":"card_error",
             "code":"card_declined","decline_code":"stolen_card","payment_method":{"id":"pm_1",
             "object":"payment_method","type":"card","card":{"brand":"visa","last4":"4242","fingerprint":"fp_1"}}}}\
            """));
        // When
        Answer failed = await(confirm());
        receiver.answers(Reply.of(200, PAID.replace("\"ch_1\"", "\"ch_1\",\"payment_method\":\"pm_2\"")));
        Answer paid = await(confirm());
        // Then
        assertThat(failed).isInstanceOfSatisfying(Answer.Shown.class, shown -> assertThat(
                        shown.view().lastCard())
                .isEqualTo(CARD));
        assertThat(paid).isInstanceOfSatisfying(Answer.Shown.class, shown -> assertThat(
                        shown.view().paidBy())
                .isEqualTo("pm_2"));
    }

    @Test
    void aCustomerWhoIsThereMayAuthenticate() {
        // Given
        receiver.answers(Reply.of(200, PAID.replace("succeeded", "requires_action")));
        // When
        await(payments.confirm(INTENT, ATTEMPT, false));
        // Then
        assertThat(sent().form()).isEqualTo(Map.of("payment_method", "pm_1"));
    }

    @Test
    void anIntentIsReadByItsId() {
        // Given
        receiver.answers(Reply.of(200, PAID));
        // When
        await(payments.retrieve("pi_1", FROZEN));
        // Then
        assertThat(sent().method()).isEqualTo("GET");
        assertThat(sent().path()).isEqualTo("/v1/payment_intents/pi_1");
    }

    @Test
    void anIntentIsCancelledWithAKeyOfItsOwn() {
        // Given
        receiver.answers(Reply.of(200, PAID.replace("succeeded", "canceled")));
        // When
        await(payments.cancel(INTENT, "chg-1-g1-cancel-1"));
        // Then
        assertThat(sent().path()).isEqualTo("/v1/payment_intents/pi_1/cancel");
        assertThat(sent().form()).isEmpty();
        assertThat(sent().headers()).containsEntry("Idempotency-Key", "chg-1-g1-cancel-1");
    }

    @Test
    void nothingIsSentAboutAnIntentOfAnotherAccount() {
        // Given
        Frozen other = new Frozen(799, "usd", "cus_1", new StripeAccount("acct_1", true));
        // When
        Answer answer = await(payments.retrieve("pi_1", other));
        // Then
        assertThat(answer).isEqualTo(new Answer.OtherAccount());
        assertThat(receiver.requests()).isEmpty();
    }

    @Test
    void aPostWhoseConnectionClosesUnansweredIsSentOnce() {
        // Given
        receiver.answers(Reply.HANG_UP);
        // When
        Answer answer = await(confirm());
        // Then
        assertThat(answer).isInstanceOf(Answer.Unknown.class);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void connectionsAreKeptForAsManyCallsAsAreMadeAtOnce() {
        // Given
        payments = payments(new StripeSettings.Rates(10_000, 10_000));
        receiver.answers(Reply.of(200, PAID).keptFor(Duration.ofMinutes(10)));
        atOnce(24);
        int opened = receiver.connections();
        // When
        atOnce(24);
        atOnce(24);
        // Then
        assertThat(receiver.requests()).hasSize(72);
        assertThat(receiver.connections()).isEqualTo(opened);
    }

    /** No call is answered before all have arrived, so that each needs a connection of its own. */
    private void atOnce(int calls) {
        receiver.answersTogether(calls);
        await(Uni.join()
                .all(IntStream.range(0, calls).mapToObj(call -> confirm()).toList())
                .andFailFast());
    }

    static Stream<Arguments> answers() {
        return Stream.of(unclear(), keysAndLimits(), refusals()).flatMap(each -> each);
    }

    private static Stream<Arguments> unclear() {
        return Stream.of(
                arguments("an empty 200", Reply.of(200, ""), new Answer.Unknown("NullPointerException")),
                arguments("no JSON", Reply.of(200, "<html>"), Answer.Unknown.class),
                arguments("another object", Reply.of(200, "{\"id\":\"x\"}"), Answer.Unknown.class),
                arguments("an unknown status", Reply.of(200, PAID.replace("succeeded", "odd")), Answer.Unknown.class),
                arguments("HTML 502", Reply.of(502, "<html>Bad Gateway</html>"), Answer.Unknown.class),
                arguments("500", error(500, "api_error", "\"code\":null"), Answer.Unknown.class),
                arguments(
                        "a saved 500",
                        error(500, "api_error", "\"code\":null").with("Idempotent-Replayed", "true"),
                        new Answer.SavedFault()));
    }

    private static Stream<Arguments> keysAndLimits() {
        return Stream.of(
                arguments(
                        "a key used otherwise",
                        error(400, "idempotency_error", "\"code\":null"),
                        new Answer.KeyReused()),
                arguments(
                        "a key in use",
                        error(409, "idempotency_error", "\"code\":\"idempotency_key_in_use\""),
                        new Answer.KeyInUse()),
                arguments(
                        "a lock",
                        error(429, "invalid_request_error", "\"code\":\"lock_timeout\""),
                        Answer.Throttled.class),
                arguments(
                        "too many",
                        error(429, "invalid_request_error", "\"code\":\"rate_limit\""),
                        Answer.Throttled.class),
                arguments("a wrong key", error(401, "invalid_request_error", "\"code\":null"), Answer.NotAllowed.class),
                arguments(
                        "no permission",
                        error(403, "invalid_request_error", "\"code\":null"),
                        Answer.NotAllowed.class));
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        "a wrong state",
                        error(400, "invalid_request_error", "\"code\":\"payment_intent_unexpected_state\""),
                        new Answer.WrongState()),
                arguments(
                        "a missing intent",
                        error(404, "invalid_request_error", "\"code\":\"resource_missing\",\"param\":\"intent\""),
                        new Answer.Missing(Optional.of("intent"))),
                arguments(
                        "a card that was detached",
                        error(400, "invalid_request_error", "\"param\":\"payment_method\""),
                        new Answer.Missing(Optional.of("payment_method"))),
                arguments(
                        "a wrong parameter",
                        error(400, "invalid_request_error", "\"code\":\"parameter_unknown\""),
                        Answer.Invalid.class),
                arguments(
                        "a decline",
                        error(402, "card_error", """
                            "code":"card_declined","decline_code":"insufficient_funds","advice_code":"try_again_later",
                            "payment_intent":{"id":"pi_1","object":"payment_intent","amount":799,"currency":"usd",
                            "status":"requires_payment_method","latest_charge":"ch_9"}\
                            """),
                        new Answer.CardDeclined(
                                new Decline("card_declined", "insufficient_funds", "try_again_later"),
                                new IntentView("pi_1", Status.REQUIRES_PAYMENT_METHOD, 799, "usd", "ch_9", null))));
    }

    private static Reply error(int status, String type, String fields) {
        return Reply.of(status, "{\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"," + fields + "}}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void anAnswerIsUnderstood(String what, Reply reply, Object expected) {
        // Given
        receiver.answers(reply);
        // When
        Answer answer = await(confirm());
        // Then
        if (expected instanceof Class<?> type) {
            assertThat(answer).as(what).isInstanceOf(type);
        } else {
            assertThat(answer).as(what).isEqualTo(expected);
        }
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void aCardIsDescribedOnlyToItsCustomer() {
        // Given
        receiver.answers(Reply.of(200, """
            {"id":"pm_1","object":"payment_method","type":"card","customer":"cus_1",
             "card":{"brand":"visa","last4":"4242","fingerprint":"fp_1"}}\
            """));
        StripeCards cards = new StripeCards(calls(new StripeSettings.Rates(25, 100)));
        // When
        Optional<Card> own = await(cards.card("pm_1", "cus_1"));
        Optional<Card> foreign = await(cards.card("pm_1", "cus_2"));
        // Then
        assertThat(own).contains(CARD);
        assertThat(foreign).isEmpty();
    }
}
