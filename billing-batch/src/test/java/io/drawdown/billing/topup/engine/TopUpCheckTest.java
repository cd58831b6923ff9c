package io.drawdown.billing.topup.engine;

import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.testing.Till;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Off;
import io.drawdown.billing.topup.TopUpDocument.Power;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.ProblemType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;

/** What a top-up does about the card that pays. */
class TopUpCheckTest {

    private static final Terms TERMS = new Terms(Credits.of(50), Till.PACK.name(), 5, "ada@example.com");

    private final Till till = new Till();

    @BeforeEach
    void aCard() {
        till.attach("pm_1");
        till.topUps.start();
        till.purchases.start();
    }

    private TopUps.Outcome set() {
        return till.answer(till.topUps.set(Till.ACCOUNT, TERMS, Optional.empty()));
    }

    private TopUpDocument rule() {
        return changed(till.rules.documents.get(Till.ACCOUNT));
    }

    private void assertTried(int attempts, int failures) {
        assertThat(rule().progress().attempts()).isEqualTo(attempts);
        assertThat(rule().progress().failures()).isEqualTo(failures);
    }

    @Test
    void cardThatRestsIsNoAttempt() {
        // Given
        till.balance = Credits.of(10);
        till.confirmed = Till.declined("issuer_not_available", "ch_1");
        // When
        set();
        till.pass(Duration.ofMinutes(28));
        // Then
        assertTried(1, 1);
        assertThat(rule().power().isOn()).isTrue();
        assertThat(till.calls("confirm")).isOne();
        // When
        till.confirmed = Till.shown(Status.SUCCEEDED);
        till.pass(Duration.ofMinutes(4));
        // Then
        assertTried(2, 0);
        assertThat(till.balance).isEqualTo(Credits.of(310));
    }

    @Test
    void threeDeclinesTurnItOffEachAfterTheRestOfTheOneBefore() {
        // Given
        till.balance = Credits.of(10);
        till.confirmed = Till.declined("issuer_not_available", "ch_1");
        set();
        // When
        till.confirmed = Till.declined("issuer_not_available", "ch_2");
        till.pass(Duration.ofMinutes(32));
        assertTried(2, 2);
        till.confirmed = Till.declined("issuer_not_available", "ch_3");
        till.pass(Duration.ofMinutes(122));
        // Then
        assertThat(rule().power().reason()).isEqualTo(Off.FAILURES);
        assertThat(changed(rule().notice()).reason()).isEqualTo("issuer_not_available");
    }

    @Test
    void cardThatIsAttachedUnheardTurnsItOnAgain() {
        // Given
        TopUpDocument on = TopUpRules.first(Till.ACCOUNT, TERMS, till.time.now());
        Power off = new Power(Off.FAILURES, till.time.now());
        till.rules.documents.put(
                Till.ACCOUNT, new TopUpDocument(on.id(), on.revision(), on.terms(), off, on.progress(), null, null));
        till.balance = Credits.of(10);
        // When
        till.pass(Duration.ofMinutes(3));
        Off before = rule().power().reason();
        till.rules.away = true;
        till.attach("pm_2");
        till.pass(Duration.ofSeconds(5));
        till.rules.away = false;
        till.pass(Duration.ofMinutes(2));
        // Then
        assertThat(before).isEqualTo(Off.FAILURES);
        assertThat(rule().power().isOn()).isTrue();
        assertThat(till.balance).isEqualTo(Credits.of(310));
    }

    @Test
    void checksThatTakeLongAreNotBegunWithoutABound() {
        // Given
        for (int n = 0; n < 2_000; n++) {
            String account = "account-%04d".formatted(n);
            till.rules.documents.put(account, TopUpRules.first(account, TERMS, till.time.now()));
        }
        till.creditsLatency = Duration.ofSeconds(20);
        // When
        till.pass(Duration.ofSeconds(15));
        // Then
        assertThat(till.standings).isBetween(200, 400);
        // When
        till.pass(Duration.ofMinutes(4));
        // Then
        assertThat(till.standings).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void withoutACardItWaitsForOne() {
        // Given
        set();
        till.answer(till.payers.detach(Till.ACCOUNT, "pm_1"));
        // When
        till.balance = Credits.of(10);
        till.pass(Duration.ofMinutes(10));
        // Then
        assertTried(0, 0);
        assertThat(rule().power().isOn()).isTrue();
        // When
        till.attach("pm_2");
        till.pass(Duration.ofSeconds(5));
        // Then
        assertThat(till.balance).isEqualTo(Credits.of(310));
    }

    @Test
    void attachedCardEndsTheWaitForTheOtherOne() {
        // Given
        till.balance = Credits.of(10);
        till.confirmed = Till.declined("insufficient_funds", "ch_1");
        set();
        till.pass(Duration.ofMinutes(5));
        // When
        till.confirmed = Till.shown(Status.SUCCEEDED);
        till.attach("pm_2");
        till.pass(Duration.ofSeconds(5));
        // Then
        assertThat(till.balance).isEqualTo(Credits.of(310));
    }

    @Test
    void packThatCostsMoreThanTheOwnerAgreedToIsRefused() {
        // Given
        till.consent(149);
        // When Then
        assertThat(set()).isEqualTo(new TopUps.Outcome.Refused(ProblemType.NO_USABLE_CARD));
        // Given
        till.consent(150);
        // When Then
        assertThat(set()).isInstanceOf(TopUps.Outcome.Set.class);
    }

    @Test
    void packThatIsNotSoldAnyMoreTurnsItOff() {
        // Given
        Terms gone = new Terms(Credits.of(50), "pack_7", 5, "ada@example.com");
        till.rules.documents.put(Till.ACCOUNT, TopUpRules.first(Till.ACCOUNT, gone, till.time.now()));
        // When
        till.pass(Duration.ofMinutes(2));
        // Then
        assertThat(rule().power().reason()).isEqualTo(Off.PACK_GONE);
        assertThat(changed(rule().notice()).reason()).isEqualTo("pack_gone");
    }

    @Test
    void packThatHasNoMoreThanTheThresholdTurnsItOff() {
        // Given
        Terms small = new Terms(Till.PACK.credits(), Till.PACK.name(), 5, null);
        till.rules.documents.put(Till.ACCOUNT, TopUpRules.first(Till.ACCOUNT, small, till.time.now()));
        // When
        till.pass(Duration.ofMinutes(2));
        // Then
        assertThat(rule().power().reason()).isEqualTo(Off.PACK_GONE);
        assertTried(0, 0);
    }
}
