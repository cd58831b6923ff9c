package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.engine.Refunds.Outcome;
import io.drawdown.billing.stripe.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of Stripe when money is given back, and what its answers mean, over real HTTP. */
class StripeRefundsTest {

    private static final String KEY = "rk_test_0123456789abcdef0123456789abcdef";
    private static final Refund REFUND =
            new Refund("pur-1", "pi_1", 150, new StripeAccount("acct_1", false), 1, "pur-1-refund-1", Instant.EPOCH);

    private final LoopThread core = new LoopThread();
    private Receiver receiver;
    private StripeRefunds refunds;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        refunds = new StripeRefunds(new StripeCalls(
                new StripeSettings(
                        KEY,
                        receiver.address(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        new StripeSettings.Rates(25, 100),
                        64),
                core,
                core));
    }

    @AfterEach
    void stop() {
        receiver.close();
        core.close();
    }

    private Outcome refund() {
        return refunds.refund(REFUND).await().atMost(Duration.ofSeconds(30));
    }

    private static String refund(String id, long cents, String status, String purchase) {
        return """
            {"id":"%s","object":"refund","amount":%d,"status":"%s","metadata":{"purchase":"%s"}}\
            """.formatted(id, cents, status, purchase);
    }

    private static Reply list(String... objects) {
        return Reply.of(200, "{\"object\":\"list\",\"has_more\":false,\"data\":[" + String.join(",", objects) + "]}");
    }

    private static Reply refused(String code) {
        return Reply.of(
                400, "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"" + code + "\",\"message\":\"no\"}}");
    }

    @Test
    void whatIsLeftIsGivenBack() {
        // Given
        receiver.answers("POST", "/v1/refunds", Reply.of(200, refund("re_1", 100, "succeeded", "pur-1")));
        // When
        Outcome outcome = refund();
        // Then
        assertThat(outcome).isEqualTo(new Outcome.Done("re_1"));
        assertThat(receiver.requests()).hasSize(1);
        assertThat(receiver.requests().getFirst().form())
                .isEqualTo(Map.of("payment_intent", "pi_1", "metadata[purchase]", "pur-1"));
        assertThat(receiver.requests().getFirst().headers()).containsEntry("Idempotency-Key", "pur-1-refund-1");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, Unknown",
        "requires_action, Unknown",
        "failed, Refused",
        "canceled, Refused",
        "succeeded, Done"
    })
    void refundThatIsUnderWayIsDoneOnceItHasSucceeded(String now, String outcome) {
        // Given
        receiver.answers("POST", "/v1/refunds", Reply.of(200, refund("re_1", 150, "pending", "pur-1")));
        receiver.answers("GET", "/v1/refunds", list(refund("re_1", 150, now, "pur-1")));
        // When, then
        assertThat(refund().getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void moneyThatAPersonHasGivenBackIsGivenBack() {
        // Given
        receiver.answers("POST", "/v1/refunds", refused("charge_already_refunded"));
        receiver.answers(
                "GET", "/v1/refunds", list(refund("re_2", 50, "succeeded", ""), refund("re_1", 100, "succeeded", "")));
        // When, then
        assertThat(refund()).isEqualTo(new Outcome.Done(null));
    }

    @Test
    void moneyThatIsOnItsWayIsNotYetGivenBack() {
        // Given
        receiver.answers("POST", "/v1/refunds", refused("charge_already_refunded"));
        receiver.answers(
                "GET", "/v1/refunds", list(refund("re_2", 50, "pending", ""), refund("re_1", 100, "succeeded", "")));
        // When, then
        assertThat(refund()).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"needs_response, Refused", "won, Refused", "lost, Done"})
    void disputedChargeIsGivenBackOnceTheDisputeIsLost(String status, String outcome) {
        // Given
        receiver.answers("POST", "/v1/refunds", refused("charge_disputed"));
        receiver.answers(
                "GET",
                "/v1/disputes",
                list("{\"id\":\"dp_1\",\"object\":\"dispute\",\"amount\":150,\"status\":\"" + status + "\"}"));
        // When, then
        assertThat(refund().getClass().getSimpleName()).isEqualTo(outcome);
    }
}
