package io.drawdown.billing.purchase;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.Claim;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.Sight;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.contracts.Credits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PurchaseRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StripeAccount STRIPE = new StripeAccount("acct_1", false);
    private static final Card CARD = new Card("pm_1", "fp_1", "visa", "4242");
    private static final String ID = "pur_0123456789abcdef0123456789abcdef";
    private static final Pack PACK =
            new Pack("pack_300", 150, Credits.of(300), Duration.ofDays(365).toMillis());

    private static PurchaseDocument begun() {
        return PurchaseRules.begun(ID, new PurchaseSpec("ada", PACK, "hash", true, false, NOW));
    }

    private static PurchaseDocument confirming() {
        PurchaseDocument purchase = begun();
        Claim claim = new Claim("token", NOW);
        Charge preparing = purchase.charge().preparing(new Frozen(150, "usd", "cus_1", STRIPE), claim);
        IntentView view = new IntentView("pi_1", IntentView.Status.REQUIRES_CONFIRMATION, 150, "usd", null, null);
        return PurchaseRules.charged(purchase, preparing.created(view, CARD, claim), NOW);
    }

    private static PurchaseDocument paid() {
        PurchaseDocument purchase = confirming();
        return PurchaseRules.charged(
                purchase, purchase.charge().paid(new Sight.Paid("ch_1", null), NOW.plusSeconds(5)), NOW.plusSeconds(6));
    }

    @Test
    void purchaseIsPaidUntilTheGrantIsAnswered() {
        // When
        PurchaseDocument paid = paid();
        // Then
        assertThat(paid.status()).isEqualTo(PurchaseStatus.PAID);
        assertThat(paid.status().isOver()).isFalse();
        assertThat(paid.agenda().due()).isEqualTo(NOW.plusSeconds(6));
        PurchaseState.Paid state = (PurchaseState.Paid) paid.state();
        assertThat(state.expiresAt()).isEqualTo(NOW.plusSeconds(5).plus(Duration.ofDays(365)));
        // When
        PurchaseDocument granted = PurchaseRules.granted(paid, 7, NOW.plusSeconds(9));
        // Then
        assertThat(granted).isNotNull();
        assertThat(granted.state()).isEqualTo(new PurchaseState.Granted(7, NOW.plusSeconds(9)));
        assertThat(granted.agenda().due()).isNull();
        assertThat(granted.outbox().unsent().stream().map(PurchaseOutbox.Entry::status))
                .containsExactly(PurchaseStatus.PAID, PurchaseStatus.GRANTED);
        assertThat(PurchaseRules.granted(granted, 8, NOW)).isNull();
        assertThat(PurchaseRules.refused(granted, "account_closed", NOW)).isNull();
    }

    @Test
    void refusedGrantIsRefundedWithWhatWasStoredBeforeTheCall() {
        // When
        PurchaseDocument refunding = PurchaseRules.refused(paid(), "account_closed", NOW);
        // Then
        assertThat(refunding).isNotNull();
        PurchaseState.Refunding state = (PurchaseState.Refunding) refunding.state();
        assertThat(state.refund())
                .isEqualTo(new PurchaseState.Refund(ID, "pi_1", 150, STRIPE, 1, ID + "-refund-1", NOW));
        assertThat(PurchaseRules.granted(refunding, 7, NOW)).isNull();
        // When
        PurchaseDocument anew = PurchaseRules.refundAnew(refunding, state.refund(), NOW.plusSeconds(1));
        // Then
        assertThat(anew).isNotNull();
        assertThat(((PurchaseState.Refunding) anew.state()).refund().key()).isEqualTo(ID + "-refund-2");
        // When
        PurchaseDocument refunded = PurchaseRules.refunded(anew, "re_1", NOW);
        // Then
        assertThat(refunded).isNotNull();
        assertThat(refunded.reason()).isEqualTo("account_closed");
        assertThat(refunded.status().isOver()).isTrue();
    }

    @Test
    void triesAreCountedOnce() {
        // Given
        PurchaseDocument paid = paid();
        // When
        PurchaseDocument later = PurchaseRules.grantLater(paid, 0, NOW.plusSeconds(2), NOW);
        // Then
        assertThat(later).isNotNull();
        assertThat(later.agenda().due()).isEqualTo(NOW.plusSeconds(2));
        assertThat(PurchaseRules.grantLater(later, 0, NOW.plusSeconds(9), NOW)).isNull();
    }

    @Test
    void givenUpPurchaseThatWasPaidMeanwhileStaysPaid() {
        // Given
        PurchaseDocument paid = paid();
        // When Then
        assertThat(PurchaseRules.givenUp(paid, "customer_away", NOW)).isNull();
        // When
        PurchaseDocument wished = PurchaseRules.givenUp(confirming(), "customer_away", NOW);
        // Then
        assertThat(wished).isNotNull();
        assertThat(wished.state()).isInstanceOf(PurchaseState.Open.class);
        assertThat(wished.charge().wish()).isNotNull();
    }

    @Test
    void referenceNamesThePurchaseAndNothingElseDoes() {
        assertThat(PurchaseDocument.idOf(begun().reference())).isEqualTo(ID);
        assertThat(PurchaseDocument.idOf("purchase of ada")).isNull();
        assertThat(PurchaseDocument.idOf("opening")).isNull();
        assertThat(PurchaseDocument.idOf(null)).isNull();
    }

    @Test
    void packThatCannotBeSoldIsRefused() {
        assertThatThrownBy(() -> new Pack("Pack", 150, Credits.of(1), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pack("pack", 49, Credits.of(1), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pack("pack", 50, Credits.ZERO, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pack("pack", 50, Credits.of(1), 1L)).isInstanceOf(IllegalArgumentException.class);
    }
}
