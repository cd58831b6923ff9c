package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Answer;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.billing.purchase.PurchaseStatus;
import io.drawdown.billing.testing.Till;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A purchase that cannot go on is given up, wherever its charge stands; one that was paid all the same is granted. */
class GivenUpTest {

    private final Till till = new Till();
    private Card card = new Card("pm_0", "fp_0", "visa", "0000");

    @BeforeEach
    void aCard() {
        card = till.attach("pm_1");
        till.purchases.start();
    }

    private String confirming() {
        till.confirmed = Till.UNKNOWN;
        String id = till.buy("key-1", true);
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.CONFIRMING);
        return id;
    }

    /** Another charge of the payer has the card declined. */
    private void decline(String declineCode) {
        Decline decline = new Decline("card_declined", declineCode, null);
        till.answer(till.payers.leave(Till.ACCOUNT, "item-1", new Leave.Declined("ch_other", card, decline)));
    }

    private void assertFailed(String id, String reason) {
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.FAILED);
        assertThat(till.purchase(id).reason()).isEqualTo(reason);
        assertThat(till.balance.micros()).isEqualTo(100_000_000);
    }

    @Test
    void cardIsDeletedWhileTheIntentIsBeingMade() {
        // Given
        till.created = Till.UNKNOWN;
        String id = till.buy("key-1", true);
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.PREPARING);
        // When
        till.answer(till.payers.detach(Till.ACCOUNT, "pm_1"));
        till.created = Till.shown(Status.REQUIRES_PAYMENT_METHOD);
        till.pass(Duration.ofMinutes(5));
        // Then
        assertFailed(id, "no_usable_card");
    }

    @Test
    void cardIsDeclinedForGoodWhileTheMoneyIsBeingTaken() {
        // Given
        String id = confirming();
        // When
        decline("stolen_card");
        till.pass(Duration.ofMinutes(5));
        // Then
        assertFailed(id, "no_usable_card");
        assertThat(till.calls("cancel")).isOne();
        // When
        till.confirmed = Till.shown(Status.SUCCEEDED);
        till.attach("pm_2");
        till.pass(Duration.ofDays(1));
        // Then
        assertFailed(id, "no_usable_card");
    }

    @Test
    void cardRestsWhileTheMoneyIsBeingTaken() {
        // Given
        String id = confirming();
        // When
        decline("generic_decline");
        till.pass(Duration.ofMinutes(5));
        // Then
        assertFailed(id, "card_rests");
    }

    @Test
    void stripeIsAwayForHours() {
        // Given
        till.created = Till.UNKNOWN;
        String preparing = till.buy("key-1", false);
        // When
        till.pass(Duration.ofHours(3));
        till.created = Till.shown(Status.REQUIRES_PAYMENT_METHOD);
        till.pass(Duration.ofMinutes(10));
        // Then
        assertFailed(preparing, "timed_out");
        assertThat(till.calls("confirm")).isZero();
    }

    @Test
    void purchaseThatNobodyLookedAtForDaysIsNotCharged() {
        // Given
        till.purchases.stop();
        till.created = Till.UNKNOWN;
        String id = till.buy("key-1", true);
        till.pass(Duration.ofDays(3));
        till.created = Till.shown(Status.REQUIRES_PAYMENT_METHOD);
        // When
        till.answer(till.purchases.look(id));
        // Then
        assertFailed(id, "timed_out");
        assertThat(till.calls("confirm")).isZero();
    }

    @Test
    void successWins() {
        // Given
        String id = confirming();
        // When
        till.answer(till.payers.detach(Till.ACCOUNT, "pm_1"));
        till.cancelled = new Answer.WrongState();
        till.pass(Duration.ofSeconds(40));
        till.retrieved = Till.shown(Status.SUCCEEDED);
        till.pass(Duration.ofMinutes(10));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.GRANTED);
        assertThat(till.balance.micros()).isEqualTo(400_000_000);
    }

    @Test
    void customerWhoIsStillThereIsWaitedFor() {
        // Given
        String id = confirming();
        // When
        till.pass(Duration.ofMinutes(30));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.CONFIRMING);
        // When
        till.confirmed = Till.shown(Status.SUCCEEDED);
        till.pass(Duration.ofMinutes(10));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.GRANTED);
    }

    @Test
    void otherChargeThatIsUnderWayIsWaitedForNotForEver() {
        // Given
        Terms other = new Terms(Till.ACCOUNT, 799, Terms.USD, "item:1", true);
        till.answer(till.payers.enter("item-1", other));
        String id = till.buy("key-1", true);
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.QUEUED);
        // When
        till.answer(till.payers.leave(Till.ACCOUNT, "item-1", new Leave.Untried()));
        till.pass(Duration.ofMinutes(1));
        // Then
        assertThat(till.status(id)).isEqualTo(PurchaseStatus.GRANTED);
    }
}
