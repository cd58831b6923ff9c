package io.drawdown.billing.charge;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a decline means for the next try with the same card. The advice of the network decides, then the reason of the issuer; a
 * reason that is unknown counts as soft. (Stripe, <a href="https://docs.stripe.com/declines/codes">Decline codes</a>.)
 */
public enum DeclineClass {
    /** The issuer may think otherwise later. */
    SOFT(Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3), Duration.ofDays(7)),
    /** The issuer or the network had a fault. */
    ISSUER(Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(8), Duration.ofDays(1), Duration.ofDays(3)),
    /** There was not enough money on it. */
    FUNDS(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7)),
    /** Its owner must authenticate. */
    AUTHENTICATION(Duration.ofDays(3), Duration.ofDays(7)),
    /** What is stored of it is wrong or outdated; it must be attached again. */
    CARD_DATA(),
    /** It must not be tried again. */
    HARD();

    private static final Map<String, DeclineClass> BY_ADVICE =
            Map.of("do_not_try_again", HARD, "confirm_card_data", CARD_DATA, "try_again_later", SOFT);

    private static final Map<DeclineClass, Set<String>> REASONS = Map.of(
            ISSUER,
            Set.of("issuer_not_available", "processing_error", "reenter_transaction", "try_again_later"),
            FUNDS,
            Set.of("insufficient_funds", "card_velocity_exceeded", "withdrawal_count_limit_exceeded"),
            AUTHENTICATION,
            Set.of("authentication_required", "authentication_not_handled", "mobile_device_authentication_required"),
            CARD_DATA,
            Set.of(
                    "expired_card",
                    "incorrect_address",
                    "incorrect_cvc",
                    "incorrect_number",
                    "incorrect_zip",
                    "invalid_account",
                    "invalid_cvc",
                    "invalid_expiry_month",
                    "invalid_expiry_year",
                    "invalid_number",
                    "new_account_information_available"),
            HARD,
            Set.of(
                    "card_not_supported",
                    "currency_not_supported",
                    "fraudulent",
                    "lost_card",
                    "merchant_blacklist",
                    "pickup_card",
                    "restricted_card",
                    "revocation_of_all_authorizations",
                    "revocation_of_authorization",
                    "security_violation",
                    "stolen_card",
                    "stop_payment_order",
                    "transaction_not_allowed"));

    private final List<Duration> waits;

    DeclineClass(Duration... waits) {
        this.waits = List.of(waits);
    }

    static DeclineClass of(Decline decline) {
        DeclineClass reason = byReason(decline.declineCode())
                .or(() -> byReason(decline.code()))
                .orElse(SOFT);
        if (reason == AUTHENTICATION) {
            return AUTHENTICATION; // its advice is to try again, but only the customer can help
        }
        DeclineClass advice = decline.adviceCode() == null ? null : BY_ADVICE.get(decline.adviceCode());
        boolean isRefined = advice == SOFT && !reason.waits.isEmpty();
        return advice == null || isRefined ? reason : advice;
    }

    private static Optional<DeclineClass> byReason(@Nullable String code) {
        return REASONS.entrySet().stream()
                .filter(each -> code != null && each.getValue().contains(code))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * How long the card rests; empty: until a card is attached.
     *
     * @param failures how many declines in a row the card has had, this one included
     */
    public Optional<Duration> rest(int failures) {
        return waits.isEmpty() ? Optional.empty() : Optional.of(waits.get(Math.min(failures, waits.size()) - 1));
    }

    /** As it is in answers and events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
