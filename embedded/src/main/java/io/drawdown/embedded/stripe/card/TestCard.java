package io.drawdown.embedded.stripe.card;

import java.util.List;
import java.util.Optional;

/**
 * A card of Stripe's test mode.
 *
 * @param token the name that stands for a payment method with it
 * @param behaviour its name in {@link CardBehaviour}
 * @param attaches whether a customer can have it; else it is declined at that already
 */
public record TestCard(String number, String brand, String token, String behaviour, boolean attaches) {

    private static final List<TestCard> ALL = List.of(
            new TestCard("4242424242424242", "visa", "pm_card_visa", "pays", true),
            new TestCard("5555555555554444", "mastercard", "pm_card_mastercard", "pays", true),
            new TestCard("378282246310005", "amex", "pm_card_amex", "pays", true),
            new TestCard("4000000000000002", "visa", "pm_card_visa_chargeDeclined", "generic_decline", false),
            new TestCard("4000000000000002", "visa", "pm_card_chargeDeclined", "generic_decline", false),
            insufficientFunds("pm_card_visa_chargeDeclinedInsufficientFunds"),
            insufficientFunds("pm_card_chargeDeclinedInsufficientFunds"),
            new TestCard("4000000000009987", "visa", "pm_card_visa_chargeDeclinedLostCard", "lost_card", false),
            new TestCard("4000000000009979", "visa", "pm_card_visa_chargeDeclinedStolenCard", "stolen_card", false),
            new TestCard("4000000000000069", "visa", "pm_card_chargeDeclinedExpiredCard", "expired_card", false),
            new TestCard("4000000000000127", "visa", "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", false),
            new TestCard(
                    "4000000000000119", "visa", "pm_card_chargeDeclinedProcessingError", "processing_error", false),
            new TestCard("4000000000000341", "visa", "pm_card_chargeCustomerFail", "generic_decline", true),
            new TestCard(
                    "4000002500003155",
                    "visa",
                    "pm_card_authenticationRequiredOnSetup",
                    "authentication_required_until_set_up",
                    true),
            new TestCard("4000002760003184", "visa", "pm_card_authenticationRequired", "authentication_required", true),
            new TestCard("4000000000000259", "visa", "pm_card_createDispute", "disputes", true));

    private static TestCard insufficientFunds(String token) {
        return new TestCard("4000000000009995", "visa", token, "insufficient_funds", false);
    }

    public static Optional<TestCard> ofToken(String token) {
        String name = token.startsWith("tok_") ? "pm_card_" + token.substring("tok_".length()) : token;
        return ALL.stream().filter(card -> card.token().equals(name)).findFirst();
    }

    public static Optional<TestCard> ofNumber(String number) {
        return ALL.stream().filter(card -> card.number().equals(number)).findFirst();
    }

    public String last4() {
        return number.substring(number.length() - 4);
    }
}
