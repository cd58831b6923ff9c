package io.drawdown.billing.payer;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.payer.PayerRules.Permitted;
import io.drawdown.billing.payer.Wallet.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When the card of a payer may be tried. */
class PayerRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Card VISA = new Card("pm_1", "fp_1", "visa", "4242");
    private static final Terms TERMS = terms(799, true);
    private static final Decline SOFT = new Decline("card_declined", "generic_decline", null);
    private static final Decline HARD = new Decline("card_declined", "stolen_card", "do_not_try_again");

    private static PayerDocument with(@Nullable Card card) {
        PayerDocument payer = PayerDocument.of("team-1", Customer.of("cus_1"));
        return card == null ? payer : orSame(PayerRules.attached(payer, card, NOW), payer);
    }

    private static Terms terms(long cents, boolean isOffSession) {
        return new Terms("team-1", cents, Terms.USD, "item:1", isOffSession);
    }

    private static PayerDocument orSame(@Nullable PayerDocument next, PayerDocument before) {
        return next == null ? before : next;
    }

    private static PayerDocument declined(PayerDocument payer, Card card, int n, Decline decline, Instant at) {
        Leave result = new Leave.Declined("ch_" + n, card, decline);
        return orSame(PayerRules.left(payer, "chg-" + n, result, at), payer);
    }

    private static PayerDocument entered(PayerDocument payer, String charge) {
        return Objects.requireNonNull(PayerRules.entered(payer, charge, TERMS, new Permitted(VISA, null), NOW));
    }

    @Test
    void aSecondChargeWaitsForTheFirst() {
        // Given
        PayerDocument payer = entered(with(VISA), "chg-1");
        // When, then
        assertThat(PayerRules.entry(payer, "chg-1", TERMS, NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(PayerRules.entry(payer, "chg-2", TERMS, NOW)).isInstanceOf(Entry.NotNow.class);
        assertThat(PayerRules.entry(payer, "chg-2", TERMS, NOW.plus(Duration.ofMinutes(15))))
                .isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void anUrgentChargeHasThePlaceAfterTheOneThatIsUnderWay() {
        // Given
        PayerDocument busy = entered(with(VISA), "chg-1");
        // When
        PayerDocument waited = Objects.requireNonNull(PayerRules.waited(busy, "pur-1", NOW));
        PayerDocument left = orSame(PayerRules.left(waited, "chg-1", new Leave.Paid(VISA), NOW), waited);
        PayerDocument paid = orSame(PayerRules.left(entered(left, "pur-1"), "pur-1", new Leave.Paid(VISA), NOW), left);
        // Then
        assertThat(PayerRules.waited(waited, "pur-2", NOW)).isNull();
        assertThat(PayerRules.entry(left, "chg-2", TERMS, NOW)).isInstanceOf(Entry.NotNow.class);
        assertThat(PayerRules.entry(left, "pur-1", TERMS, NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(PayerRules.entry(paid, "chg-2", TERMS, NOW)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void anUrgentChargeThatIsGivenUpKeepsNobodyWaiting() {
        // Given
        PayerDocument busy = entered(with(VISA), "chg-1");
        PayerDocument waited = Objects.requireNonNull(PayerRules.waited(busy, "pur-1", NOW));
        // When
        PayerDocument givenUpBefore =
                Objects.requireNonNull(PayerRules.left(waited, "pur-1", new Leave.Untried(), NOW));
        PayerDocument left = Objects.requireNonNull(PayerRules.left(waited, "chg-1", new Leave.Untried(), NOW));
        PayerDocument givenUpAfter = Objects.requireNonNull(PayerRules.left(left, "pur-1", new Leave.Untried(), NOW));
        // Then
        assertThat(givenUpBefore).isEqualTo(busy);
        assertThat(givenUpAfter.inFlight()).isNull();
    }

    @Test
    void aDeclineParksThePayer() {
        // When
        PayerDocument payer = declined(entered(with(VISA), "chg-1"), VISA, 1, SOFT, NOW);
        // Then
        assertThat(payer.inFlight()).isNull();
        assertThat(PayerRules.entry(payer, "chg-2", TERMS, NOW))
                .isEqualTo(new Entry.NotNow(NOW.plus(Duration.ofHours(4))));
        assertThat(PayerRules.entry(payer, "chg-2", TERMS, NOW.plus(Duration.ofHours(4))))
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
                orSame(PayerRules.attached(payer, new Card("pm_2", "fp_2", "mastercard", "4444"), NOW), payer);
        // Then
        assertThat(PayerRules.entry(payer, "chg-2", TERMS, NOW.plus(Duration.ofDays(365))))
                .isInstanceOf(Entry.NeedsCard.class);
        assertThat(PayerRules.nextTry(payer, NOW)).isEmpty();
        assertThat(PayerRules.entry(attached, "chg-2", TERMS, NOW)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aDeclineOfAFormerCardDoesNotParkTheNewOne() {
        // Given
        PayerDocument payer = with(new Card("pm_2", "fp_2", "visa", "1111"));
        // When
        PayerDocument told = declined(payer, VISA, 1, HARD, NOW);
        // Then
        assertThat(PayerRules.entry(told, "chg-1", TERMS, NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(told.declines()).containsExactly("ch_1");
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

    @Test
    void aSuccessBeforeTheDeclineOfAnotherChargeIsRecordedLateAndEndsNoRest() {
        // Given
        PayerDocument resting = declined(entered(with(VISA), "chg-2"), VISA, 2, HARD, NOW);
        // When
        PayerDocument told = orSame(PayerRules.left(resting, "chg-1", new Leave.Paid(VISA), NOW), resting);
        // Then
        assertThat(PayerRules.entry(told, "chg-3", TERMS, NOW)).isInstanceOf(Entry.NeedsCard.class);
    }

    @Test
    void aChargeAboveTheConsentNeedsAnotherCardUnlessItsOwnerIsThere() {
        // Given
        Consent consent = new Consent("ada", NOW, "v1", 1_000);
        PayerDocument begun = PayerRules.begun(with((Card) null), new Setup("t1", consent));
        // When
        PayerDocument payer = orSame(PayerRules.finished(begun, "t1", VISA, NOW), begun);
        // Then
        assertThat(PayerRules.entry(payer, "chg", terms(1_000, true), NOW)).isInstanceOf(Entry.Admitted.class);
        assertThat(PayerRules.entry(payer, "chg", terms(1_001, true), NOW)).isInstanceOf(Entry.NeedsCard.class);
        assertThat(PayerRules.entry(payer, "chg", terms(1_001, false), NOW)).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aCardIsUsableForAsMuchAsItsOwnerAgreedTo() {
        // Given
        PayerDocument begun =
                PayerRules.begun(with((Card) null), new Setup("t1", new Consent("ada", NOW, "v1", 1_000)));
        // When
        PayerDocument payer = orSame(PayerRules.finished(begun, "t1", VISA, NOW), begun);
        // Then
        assertThat(payer.mostCents()).isEqualTo(1_000);
    }

    @Test
    void theCardThatPaysIsNeverForgotten() {
        // Given
        PayerDocument payer = PayerRules.begun(
                with((Card) null), new Setup("latest", new Consent("ada", NOW.plusSeconds(60), "v1", 1_000)));
        payer = orSame(PayerRules.finished(payer, "latest", VISA, NOW), payer);
        // When
        for (int n = 0; n < 20; n++) {
            payer = PayerRules.begun(payer, new Setup("t" + n, new Consent("ada", NOW, "v1", 1_000)));
            payer = orSame(
                    PayerRules.finished(payer, "t" + n, new Card("pm_old" + n, "fp_old" + n, "visa", "1"), NOW), payer);
        }
        // Then
        assertThat(payer.card()).isEqualTo(VISA);
        assertThat(payer.wallet().cards()).hasSize(Wallet.MOST_CARDS);
        assertThat(payer.isBeyondConsent(1_001)).isTrue();
    }

    @Test
    void aSetupThatIsToldAgainNeitherEndsARestNorChangesWhoPays() {
        // Given
        PayerDocument begun =
                PayerRules.begun(with((Card) null), new Setup("t1", new Consent("ada", NOW, "v1", 1_000)));
        PayerDocument attached = orSame(PayerRules.finished(begun, "t1", VISA, NOW), begun);
        PayerDocument declined = declined(attached, VISA, 1, HARD, NOW);
        // When
        PayerDocument again = orSame(PayerRules.finished(declined, "t1", VISA, NOW.plusSeconds(9)), declined);
        // Then
        assertThat(again).isEqualTo(declined);
        assertThat(PayerRules.entry(again, "chg", TERMS, NOW)).isInstanceOf(Entry.NeedsCard.class);
    }

    @Test
    void anOlderConsentThatIsFinishedLateDoesNotTakeOver() {
        // Given
        Setup older = new Setup("t1", new Consent("ada", NOW, "v1", 1_000));
        Setup newer = new Setup("t2", new Consent("ada", NOW.plusSeconds(5), "v1", 1_000));
        Card second = new Card("pm_2", "fp_2", "visa", "1111");
        PayerDocument payer = PayerRules.begun(PayerRules.begun(with((Card) null), older), newer);
        // When
        PayerDocument first = orSame(PayerRules.finished(payer, "t2", second, NOW), payer);
        PayerDocument late = orSame(PayerRules.finished(first, "t1", VISA, NOW), first);
        // Then
        assertThat(late.card()).isEqualTo(second);
        assertThat(late.wallet().cards()).hasSize(2);
    }

    @Test
    void aCardThatIsTakenAwayLeavesTheOthersAndNoneTakesItsPlace() {
        // Given
        Card second = new Card("pm_2", "fp_2", "visa", "1111");
        PayerDocument payer = orSame(PayerRules.attached(with(VISA), second, NOW), with(VISA));
        // When
        PayerDocument left = orSame(PayerRules.detached(payer, "pm_2"), payer);
        // Then
        assertThat(left.card()).isNull();
        assertThat(left.wallet().cards()).extracting(kept -> kept.card()).containsExactly(VISA);
        assertThat(PayerRules.detached(left, "pm_2")).isNull();
    }

    @Test
    void asManyCardsAndSetupsAreKeptAsAllowed() {
        // Given
        PayerDocument payer = with(VISA);
        // When
        for (int n = 0; n < 50; n++) {
            payer = PayerRules.begun(payer, new Setup("t" + n, new Consent("ada", NOW, "v1", 1_000)));
            payer = orSame(PayerRules.attached(payer, new Card("pm_x" + n, "fp_" + n, "visa", "1"), NOW), payer);
        }
        // Then
        assertThat(payer.wallet().cards()).hasSize(Wallet.MOST_CARDS);
        assertThat(payer.wallet().setups()).hasSize(Wallet.MOST_SETUPS);
        assertThat(payer.wallet().setup("t49")).isPresent();
    }
}
