package io.drawdown.billing.stripe;

import io.drawdown.billing.payer.CardVault.CustomerGone;
import io.drawdown.billing.stripe.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StripeCardsTest {

    private static final String KEY = "rk_test_0123456789abcdef0123456789abcdef";

    private final LoopThread core = new LoopThread();
    private Receiver receiver;
    private StripeCards cards;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver();
        StripeSettings settings = new StripeSettings(
                KEY,
                receiver.address(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                new StripeSettings.Rates(25, 100),
                64);
        cards = new StripeCards(new StripeCalls(settings, core, core));
    }

    @AfterEach
    void stop() {
        receiver.close();
        core.close();
    }

    @Test
    void setupForACustomerWhomStripeDoesNotKnowSaysSo() {
        // Given
        receiver.answers(Reply.of(400, """
                {"error":{"type":"invalid_request_error","code":"resource_missing","param":"customer",
                 "message":"No such customer: 'cus_1'"}}"""));
        // Then
        assertThatThrownBy(() ->
                        cards.beginSetup("cus_1", "acme", "token-1").await().atMost(Duration.ofSeconds(30)))
                .isInstanceOf(CustomerGone.class);
    }
}
