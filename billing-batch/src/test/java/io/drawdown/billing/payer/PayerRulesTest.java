package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When the card of a payer may be tried. */
class PayerRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Card VISA = new Card("pm_1", "fp_1", "visa", "4242");
    private static final Decline SOFT = new Decline("card_declined", "generic_decline", null);
    private static final Decline HARD = new Decline("card_declined", "stolen_card", "do_not_try_again");

    private static PayerDocument with(Card card) {
        return PayerDocument.of("team-1", "cus_1").with(card);
    }

    private static PayerDocument orSame(@Nullable PayerDocument next, PayerDocument before) {
        return next == null ? before : next;
    }

    private static PayerDocument declined(PayerDocument payer, Card card, int n, Decline decline, Instant at) {
        Leave result = new Leave.Declined("ch_" + n, card, decline);
        return orSame(PayerRules.left(payer, "chg-" + n, result, at), payer);
    }

    private static PayerDocument entered(PayerDocument payer, String charge) {
        return Objects.requireNonNull(PayerRules.entered(payer, charge, NOW));
    }

    @Test
    void aSecondChargeWaitsForTheFirst() {
        // Given
        PayerDocument payer = entered(with(VISA), "chg-1");
        // When, then
        assertThat(PayerRules.entry(payer, "chg-1", NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(PayerRules.entry(payer, "chg-2", NOW)).isInstanceOf(Entry.NotNow.class);
        assertThat(PayerRules.entry(payer, "chg-2", NOW.plus(Duration.ofMinutes(15))))
                .isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aDeclineParksThePayer() {
        // When
        PayerDocument payer = declined(entered(with(VISA), "chg-1"), VISA, 1, SOFT, NOW);
        // Then
        assertThat(payer.inFlight()).isNull();
        assertThat(PayerRules.entry(payer, "chg-2", NOW)).isEqualTo(new Entry.NotNow(NOW.plus(Duration.ofHours(4))));
        assertThat(PayerRules.entry(payer, "chg-2", NOW.plus(Duration.ofHours(4))))
                .isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aDeclineIsCountedOnce() {
        // Given
        PayerDocument once = declined(with(VISA), VISA, 1, SOFT, NOW);
        // When
        PayerDocument twice = declined(once, VISA, 1, SOFT, NOW.plusSeconds(60));
        // Then
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void aHardDeclineWaitsForAnotherCard() {
        // Given
        PayerDocument payer = declined(with(VISA), VISA, 1, HARD, NOW);
        // When
        PayerDocument attached =
                orSame(PayerRules.attached(payer, new Card("pm_2", "fp_2", "mastercard", "4444")), payer);
        // Then
        assertThat(PayerRules.entry(payer, "chg-2", NOW.plus(Duration.ofDays(365))))
                .isInstanceOf(Entry.NeedsCard.class);
        assertThat(PayerRules.nextTry(payer, NOW)).isEmpty();
        assertThat(PayerRules.entry(attached, "chg-2", NOW)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aDeclineOfAFormerCardDoesNotParkTheNewOne() {
        // Given
        PayerDocument payer = with(new Card("pm_2", "fp_2", "visa", "1111"));
        // When
        PayerDocument told = declined(payer, VISA, 1, HARD, NOW);
        // Then
        assertThat(PayerRules.entry(told, "chg-1", NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(told.history("fp_1")).isPresent();
    }

    @Test
    void aSuccessEndsTheRest() {
        // Given
        PayerDocument payer = declined(with(VISA), VISA, 1, SOFT, NOW);
        // When
        PayerDocument paid = orSame(PayerRules.left(payer, "chg-1", new Leave.Paid(VISA), NOW), payer);
        // Then
        assertThat(paid.rest()).isNull();
    }

    /** The card is attached anew before each try, as another payment method: what its network counts is kept. */
    @ParameterizedTest
    @CsvSource({"visa, 20, 30", "mastercard, 10, 1", "amex, 20, 30"})
    void theNetworkHasTheLastWord(String brand, int most, int days) {
        // Given
        PayerDocument payer = with(new Card("pm_0", "fp_1", brand, "4242"));
        for (int n = 1; n <= most; n++) {
            Card again = new Card("pm_" + n, "fp_1", brand, "4242");
            payer = orSame(PayerRules.attached(payer, again), payer);
            assertThat(PayerRules.entry(payer, "chg", NOW)).isInstanceOf(Entry.Admitted.class);
            payer = declined(payer, again, n, SOFT, NOW);
        }
        // When
        payer = orSame(PayerRules.attached(payer, new Card("pm_last", "fp_1", brand, "4242")), payer);
        // Then
        assertThat(PayerRules.entry(payer, "chg", NOW)).isEqualTo(new Entry.NotNow(NOW.plus(Duration.ofDays(days))));
    }

    @Test
    void mastercardAllowsThirtyFiveInThirtyDays() {
        // Given
        Card card = new Card("pm_1", "fp_1", "mastercard", "4444");
        PayerDocument payer = with(card);
        for (int n = 1; n <= 35; n++) {
            payer = declined(payer, card, n, SOFT, NOW.plus(Duration.ofHours(12L * n)));
        }
        // When
        PayerDocument attached = orSame(PayerRules.attached(payer, card), payer);
        // Then
        Instant last = NOW.plus(Duration.ofHours(12L * 35));
        assertThat(PayerRules.entry(attached, "chg", last))
                .isEqualTo(new Entry.NotNow(NOW.plus(Duration.ofHours(12)).plus(Duration.ofDays(30))));
    }
}
