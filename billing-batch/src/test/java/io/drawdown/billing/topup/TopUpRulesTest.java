package io.drawdown.billing.topup;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseOutbox;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseState;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.topup.TopUpDocument.Off;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.billing.topup.TopUpRules.Verdict;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;

class TopUpRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T22:30:00Z");
    private static final TopUpPolicy POLICY =
            new TopUpPolicy(Duration.ofSeconds(120), Duration.ofSeconds(60), 3, ZoneId.of("Europe/Berlin"));
    private static final Pack PACK = new Pack("pack_300", 150, Credits.of(300), null);
    private static final Terms TERMS = new Terms(Credits.of(50), PACK.name(), 2, "ada@example.com");
    private static final TopUpDocument RULE = TopUpRules.first("ada", TERMS, NOW);

    private static AccountView account(long seq, long balance, double burn) {
        Credits credits = Credits.of(balance);
        return new AccountView(
                seq, credits, Credits.ZERO, credits, Credits.ofMicros((long) (burn * 1_000_000)), credits);
    }

    private static TopUpDocument bought(TopUpDocument rule, Instant now) {
        return changed(TopUpRules.bought(rule, account(rule.progress().grantedSeq() + 1, 10, 0), PACK, POLICY, now));
    }

    private static TopUpDocument over(TopUpDocument rule, PurchaseState state, PurchaseStatus status, Instant now) {
        var inFlight = changed(rule.progress().inFlight());
        PurchaseDocument open = PurchaseRules.begun(
                inFlight.purchase(), new PurchaseSpec("ada", PACK, "", false, true, inFlight.since()));
        PurchaseDocument over = new PurchaseDocument(
                open.id(),
                open.revision(),
                open.spec(),
                open.charge(),
                state,
                new PurchaseDocument.Agenda(status, null, open.agenda().place()),
                new PurchaseOutbox(0, null, null));
        return changed(TopUpRules.over(rule, over, POLICY, now));
    }

    private static TopUpDocument failed(TopUpDocument rule, Instant now) {
        return over(rule, new PurchaseState.Failed("insufficient_funds", now), PurchaseStatus.FAILED, now);
    }

    private static TopUpDocument granted(TopUpDocument rule, long seq, Instant now) {
        return over(rule, new PurchaseState.Granted(seq, now), PurchaseStatus.GRANTED, now);
    }

    @ParameterizedTest
    @CsvSource({"50, 0, true", "51, 0, false", "120, 1, true", "121, 1, false", "1000, 8.4, true", "0, 0, true"})
    void itBuysWhenTheBalanceIsLowOrDoesNotLast(long balance, double burn, boolean buys) {
        // When
        Verdict verdict = TopUpRules.verdict(RULE, account(1, balance, burn), POLICY, NOW);
        // Then
        assertThat(verdict).isInstanceOf(buys ? Verdict.Buy.class : Verdict.Nothing.class);
    }

    @Test
    void idOfThePurchaseIsInTheRuleBeforeThePurchaseExistsAndNoOtherIsBegunMeanwhile() {
        // When
        TopUpDocument bought = bought(RULE, NOW);
        // Then
        assertThat(changed(bought.progress().inFlight()).purchase()).isEqualTo(PurchaseSpec.idOfTopUp("ada", 1));
        assertThat(TopUpRules.bought(bought, account(9, 0, 0), PACK, POLICY, NOW.plusSeconds(3600)))
                .isNull();
    }

    @Test
    void whatIsOlderThanTheLatestGrantSaysNothing() {
        // Given
        TopUpDocument rule = granted(bought(RULE, NOW), 20, NOW.plusSeconds(5));
        Instant later = NOW.plusSeconds(120);
        // When Then
        assertThat(TopUpRules.verdict(rule, account(19, 10, 0), POLICY, later)).isInstanceOf(Verdict.Nothing.class);
        assertThat(TopUpRules.verdict(rule, account(21, 10, 0), POLICY, later)).isInstanceOf(Verdict.Buy.class);
    }

    @Test
    void attemptsAreAMinuteApartAndBoundedPerDayOfTheZone() {
        // Given
        TopUpDocument once = granted(bought(RULE, NOW), 20, NOW.plusSeconds(5));
        // When Then
        assertThat(TopUpRules.verdict(once, account(21, 10, 0), POLICY, NOW.plusSeconds(59)))
                .isEqualTo(new Verdict.Wait(NOW.plusSeconds(60)));
        // Given
        TopUpDocument twice = granted(bought(once, NOW.plusSeconds(60)), 30, NOW.plusSeconds(65));
        // When Then
        assertThat(TopUpRules.verdict(twice, account(31, 10, 0), POLICY, NOW.plusSeconds(120)))
                .isEqualTo(new Verdict.Wait(Instant.parse("2026-01-01T23:00:00Z")));
        assertThat(TopUpRules.verdict(twice, account(31, 10, 0), POLICY, Instant.parse("2026-01-01T23:00:00Z")))
                .isInstanceOf(Verdict.Buy.class);
    }

    @Test
    void threeFailuresTurnItOffWithAMailAndAnotherCardOnAgain() {
        // Given
        TopUpDocument rule = TopUpRules.first("ada", new Terms(Credits.of(50), PACK.name(), 9, "ada@example.com"), NOW);
        Instant at = NOW;
        for (int n = 0; n < 3; n++) {
            assertThat(rule.power().isOn()).isTrue();
            rule = failed(bought(rule, at), at);
            at = at.plusSeconds(60);
        }
        // Then
        assertThat(rule.power().reason()).isEqualTo(Off.FAILURES);
        assertThat(changed(rule.notice()).reason()).isEqualTo("insufficient_funds");
        assertThat(TopUpRules.verdict(rule, account(9, 0, 0), POLICY, at)).isInstanceOf(Verdict.Nothing.class);
        // When
        TopUpDocument again = changed(TopUpRules.cardAttached(rule, at));
        // Then
        assertThat(again.power().isOn()).isTrue();
        assertThat(again.notice()).isNull();
        assertThat(again.progress().failures()).isZero();
    }

    @Test
    void removedOneKeepsItsNumbersSoThatNoPurchaseIsTakenForAnother() {
        // Given
        TopUpDocument rule = failed(bought(RULE, NOW), NOW);
        // When
        TopUpDocument removed = changed(TopUpRules.removed(rule, NOW));
        TopUpDocument again = changed(TopUpRules.set(removed, TERMS, NOW));
        // Then
        assertThat(removed.isRemoved()).isTrue();
        assertThat(TopUpRules.cardAttached(removed, NOW)).isNull();
        assertThat(again.power().isOn()).isTrue();
        assertThat(changed(bought(again, NOW.plusSeconds(60)).progress().inFlight())
                        .purchase())
                .isEqualTo(PurchaseSpec.idOfTopUp("ada", 2));
    }

    @Test
    void packThatIsGoneTurnsItOffWithAMailAndNoCardTurnsItOnAgain() {
        // When
        TopUpDocument off = changed(TopUpRules.packGone(RULE, TERMS, NOW));
        // Then
        assertThat(off.power().reason()).isEqualTo(Off.PACK_GONE);
        assertThat(changed(off.notice()).reason()).isEqualTo("pack_gone");
        assertThat(changed(off.notice()).n()).isPositive();
        assertThat(TopUpRules.cardAttached(off, NOW)).isNull();
        assertThat(changed(TopUpRules.set(off, TERMS, NOW)).power().isOn()).isTrue();
        // When Then
        Terms other = new Terms(Credits.of(50), "pack_600", 2, null);
        assertThat(TopUpRules.packGone(RULE, other, NOW)).isNull();
        assertThat(TopUpRules.packGone(bought(RULE, NOW), TERMS, NOW)).isNull();
    }
}
