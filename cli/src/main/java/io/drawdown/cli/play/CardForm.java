package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the page of a shop does when somebody types a card: the number goes to Stripe with a publishable key, never to billing-batch,
 * which hears only which setup is finished.
 */
public final class CardForm {

    /** The stand-in takes any key of this form. */
    public static final String PUBLISHABLE_KEY = "pk_test_ofTheDemo";

    /** The number of a card that pays. */
    public static final String PAYS = "4242424242424242";

    /** The number of a card that Stripe does not keep. */
    static final String REFUSED_AT_ONCE = "4000000000000002";

    /** The number of a card that Stripe keeps, and declines later. */
    static final String REFUSED_WHEN_CHARGED = "4000000000000341";

    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    private final Api billing;
    private final Api stripe;

    /** @param stripe with the publishable key */
    public CardForm(Api billing, Api stripe) {
        this.billing = billing;
        this.stripe = stripe;
    }

    /** Sets the card up for whoever pays, and attaches it. Fails with Stripe's words if it does not take it. */
    public void attach(String payer, String number) {
        JsonNode setup = begin(payer);
        confirm(setup, number).expect(200);
        billing.post(
                        "payers/" + payer + "/cards",
                        null,
                        "{\"setup_intent\":\"" + setup.path("setup_intent").asText() + "\"}")
                .expect(200);
    }

    /** Answers why Stripe does not take the card; empty if it does. */
    public String refusal(String payer, String number) {
        JsonNode error = confirm(begin(payer), number).body().path("error");
        return error.isMissingNode()
                ? ""
                : error.path("code").asText() + ", "
                        + error.path("decline_code").asText();
    }

    private JsonNode begin(String payer) {
        billing.put("payers/" + payer, "{}").expect(200);
        return billing.post(
                        "payers/" + payer + "/card-setups",
                        null,
                        "{\"consent\":{\"text_version\":\"demo\",\"cap_cents\":100000}}")
                .expect(201);
    }

    private Api.Reply confirm(JsonNode setup, String number) {
        JsonNode method = stripe.postWith(
                        FORM,
                        "v1/payment_methods",
                        form(Map.of(
                                "type", "card",
                                "card[number]", number,
                                "card[exp_month]", "12",
                                "card[exp_year]", "2040",
                                "card[cvc]", "123")))
                .expect(200);
        return stripe.postWith(
                FORM,
                "v1/setup_intents/" + setup.path("setup_intent").asText() + "/confirm",
                form(Map.of(
                        "client_secret",
                        setup.path("client_secret").asText(),
                        "payment_method",
                        method.path("id").asText())));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
