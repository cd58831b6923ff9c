package io.drawdown.billing.charge;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a decline means. */
class DeclineClassTest {

    @ParameterizedTest
    @CsvSource({
        "card_declined, insufficient_funds, , FUNDS",
        "card_declined, insufficient_funds, try_again_later, FUNDS",
        "card_declined, insufficient_funds, do_not_try_again, HARD",
        "card_declined, generic_decline, do_not_try_again, HARD",
        "card_declined, generic_decline, confirm_card_data, CARD_DATA",
        "card_declined, generic_decline, , SOFT",
        "card_declined, something_new, , SOFT",
        "card_declined, something_new, something_newer, SOFT",
        "card_declined, stolen_card, try_again_later, SOFT",
        "card_declined, lost_card, , HARD",
        "card_declined, fraudulent, , HARD",
        "expired_card, , , CARD_DATA",
        "incorrect_cvc, , confirm_card_data, CARD_DATA",
        "processing_error, , , ISSUER",
        "card_declined, authentication_required, , AUTHENTICATION",
        "authentication_required, , try_again_later, AUTHENTICATION",
        "card_declined, , , SOFT"
    })
    void adviceDecidesThenTheReason(String code, String reason, String advice, DeclineClass expected) {
        // When, then
        assertThat(new Decline(code, reason, advice).kind()).isEqualTo(expected);
    }

    @Test
    void aCardRestsLongerWithEveryDecline() {
        // When, then
        assertThat(DeclineClass.SOFT.rest(1))
                .get()
                .isNotEqualTo(DeclineClass.SOFT.rest(2).orElseThrow());
        assertThat(DeclineClass.SOFT.rest(99)).isEqualTo(DeclineClass.SOFT.rest(5));
        assertThat(DeclineClass.HARD.rest(1)).isEmpty();
    }
}
