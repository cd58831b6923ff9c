package io.drawdown.cli;

import io.drawdown.cli.client.Api;
import io.drawdown.cli.play.MoneyTable;
import io.drawdown.embedded.stripe.EmbeddedStripe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Against the Stripe-compatible server. */
class MoneyTableTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private EmbeddedStripe server;
    private Api stripe;

    @BeforeEach
    void start() {
        server = EmbeddedStripe.start(null, 0);
        stripe = new Api(URI.create(server.url() + "/"), "sk_test_ofTheTests");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void charge(String metadata) {
        stripe.postWith(
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "v1/payment_intents",
                        "amount=799&currency=usd&confirm=true&payment_method=pm_card_visa&payment_method_types[]=card"
                                + metadata)
                .expect(200);
    }

    private int run() {
        return new MoneyTable(stripe, new PrintStream(printed, true, UTF_8)).run();
    }

    @Test
    void thingsThatWereChargedOnceAreCounted() {
        // Given
        charge("&metadata[reference]=item:a/1");
        charge("&metadata[reference]=item:a/2");
        charge("");
        charge("");
        // When
        int exit = run();
        // Then
        assertThat(exit).isZero();
        assertThat(printed.toString(UTF_8).lines())
                .containsExactly("card charges           4", "cents taken            3196", "most for one thing     1");
    }

    @Test
    void secondChargeOfOneThingIsNamed() {
        // Given
        charge("&metadata[reference]=item:a/1");
        charge("&metadata[reference]=item:a/1");
        // When
        int exit = run();
        // Then
        assertThat(exit).isOne();
        assertThat(printed.toString(UTF_8)).contains("CHARGED 2 TIMES item:a/1");
    }
}
