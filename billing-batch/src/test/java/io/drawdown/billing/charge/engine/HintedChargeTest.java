package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a charge once Stripe says that something has happened to its intent. */
class HintedChargeTest {

    private static final Turn UNFENCED = Turn.unfenced(() -> Duration.ofMinutes(5));
    private static final Turn HINT = Turn.hinted(() -> Duration.ofMinutes(5));
    private static final Terms TERMS = new Terms("team-1", 799, Terms.USD, "item:1", true);
    private static final Card STORED = new Card("pm_1", "fp_1", "visa", "4242");
    private static final Card OTHER = new Card("pm_2", "fp_2", "visa", "0002");
    private static final Decline STOLEN = new Decline("card_declined", "stolen_card", null);

    private final ManualTime time = new ManualTime();
    private final ScriptedPayments payments = new ScriptedPayments();
    private final List<Leave> left = new ArrayList<>();
    private Optional<Instant> nextTry = Optional.empty();
    private Entry entry = new Entry.Admitted("cus_1", STORED);
    private ChargeOwner.Stored stored = new ChargeOwner.Stored(Charge.queued("chg-1", TERMS, time.now()), 1);
    private final Charging charging =
            new Charging(payments, new Gate(), (alarm, charge, detail) -> {}, time, new Random(1));

    private final class Gate implements PayerGate {
        @Override
        public Uni<Entry> enter(String chargeId, Terms terms) {
            return Uni.createFrom().item(entry);
        }

        @Override
        public Uni<Optional<Instant>> leave(String payerId, String chargeId, Leave result) {
            left.add(result);
            return Uni.createFrom().item(nextTry);
        }
    }

    private final class Owner implements ChargeOwner {
        @Override
        public Uni<Stored> read() {
            return Uni.createFrom().item(stored);
        }

        @Override
        public Uni<Optional<Stored>> replace(Stored seen, Charge next) {
            stored = new Stored(next, seen.version() + 1);
            return Uni.createFrom().item(Optional.of(stored));
        }
    }

    private Moved move(Turn turn) {
        return charging.move(new Owner(), turn).await().atMost(Duration.ofSeconds(10));
    }

    private ChargeState state() {
        return stored.charge().state();
    }

    private static Answer.Shown declined(String charge, Decline decline) {
        return new Answer.Shown(new IntentView("pi_1", Status.REQUIRES_PAYMENT_METHOD, 799, "usd", charge, decline));
    }

    /** The customer must authenticate, and has the page. */
    private void waitForCustomer() {
        Decline decline = new Decline("authentication_required", null, null);
        payments.confirmed =
                new Answer.CardDeclined(decline, declined("ch_1", decline).view());
        payments.retrieved = declined("ch_1", decline);
        move(UNFENCED);
        assertThat(state()).isInstanceOf(WaitingForCustomer.class);
        payments.calls.clear();
    }

    /** They have tried a card on the page, in vain, and Stripe has told. */
    private void failInPerson(Class<? extends ChargeState> then) {
        payments.retrieved = declined("ch_2", STOLEN);
        move(HINT);
        assertThat(state()).isInstanceOf(then);
        payments.calls.clear();
    }

    @Test
    void aCustomerOfAnotherAccountIsLookedAtOnceAnHour() {
        // Given
        waitForCustomer();
        time.advance(Duration.ofHours(1));
        payments.retrieved = new Answer.OtherAccount();
        // When
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOfSatisfying(WaitingForCustomer.class, waiting -> assertThat(waiting.lookAt())
                .isEqualTo(time.now().plus(Duration.ofHours(1))));
    }

    @Test
    void whoPaysInPersonAfterADeclineIsChargedThoughTheCardRests() {
        // Given
        waitForCustomer();
        nextTry = Optional.of(time.now().plus(Duration.ofDays(3)));
        entry = new Entry.NotNow(time.now().plus(Duration.ofDays(3)));
        failInPerson(Declined.class);
        // When
        payments.retrieved = ScriptedPayments.shown(Status.SUCCEEDED);
        move(HINT);
        // Then
        assertThat(state()).isInstanceOf(Charged.class);
        assertThat(payments.calls).containsExactly("retrieve pi_1");
    }

    @Test
    void whoPaysInPersonAfterADeclineIsChargedThoughThereIsNoCard() {
        // Given
        waitForCustomer();
        entry = new Entry.NeedsCard();
        failInPerson(WaitingForCard.class);
        // When
        payments.retrieved = ScriptedPayments.shown(Status.SUCCEEDED);
        move(HINT);
        // Then
        assertThat(state()).isInstanceOf(Charged.class);
    }

    @Test
    void whoIsJustTryingAnotherCardInPersonIsLeftAlone() {
        // Given
        waitForCustomer();
        entry = new Entry.NeedsCard();
        failInPerson(WaitingForCard.class);
        ChargeState before = state();
        // When
        payments.retrieved = ScriptedPayments.shown(Status.REQUIRES_ACTION);
        Moved moved = move(HINT);
        // Then
        assertThat(moved).isInstanceOf(Moved.Waits.class);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aDeclineOfAnotherCardThatIsTriedInPersonIsNotBookedOnTheStoredOne() {
        // Given
        waitForCustomer();
        left.clear();
        // When
        payments.retrieved = new Answer.Shown(
                new IntentView("pi_1", Status.REQUIRES_PAYMENT_METHOD, 799, "usd", "ch_2", STOLEN, OTHER, null));
        entry = new Entry.NeedsCard();
        move(HINT);
        // Then
        assertThat(left).containsExactly(new Leave.Declined("ch_2", OTHER, STOLEN));
    }

    @Test
    void aPaymentWithAnotherCardEndsNoRestOfTheStoredOne() {
        // Given
        waitForCustomer();
        left.clear();
        // When
        payments.retrieved =
                new Answer.Shown(new IntentView("pi_1", Status.SUCCEEDED, 799, "usd", "ch_2", null, null, "pm_2"));
        move(HINT);
        // Then
        assertThat(left).containsExactly(new Leave.Paid(null));
    }

    @Test
    void aPaymentWithTheStoredCardEndsItsRest() {
        // Given
        waitForCustomer();
        left.clear();
        // When
        payments.retrieved =
                new Answer.Shown(new IntentView("pi_1", Status.SUCCEEDED, 799, "usd", "ch_2", null, null, "pm_1"));
        move(HINT);
        // Then
        assertThat(left).containsExactly(new Leave.Paid(STORED));
    }

    @Test
    void aHintIsToldAgainUnlessTheIntentWasRead() {
        // Given
        waitForCustomer();
        payments.retrieved = new Answer.Throttled("429");
        // When, then
        assertThatThrownBy(() -> move(HINT)).isInstanceOf(Unavailable.class);
        // Given
        payments.retrieved = new Answer.Unknown("timed out");
        // When, then
        assertThatThrownBy(() -> move(HINT)).isInstanceOf(Unavailable.class);
        // Given
        payments.retrieved = new Answer.NotAllowed("401");
        // When, then
        assertThatThrownBy(() -> move(HINT)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> move(Turn.hinted(() -> Duration.ZERO))).isInstanceOf(Unavailable.class);
    }

    @Test
    void aHintIsToldAgainWhileSomebodyElseMakesACall() {
        // Given
        payments.confirmed = new Answer.Throttled("429");
        move(UNFENCED);
        payments.confirmed = ScriptedPayments.shown(Status.SUCCEEDED);
        // When, then
        assertThatThrownBy(() -> move(HINT)).isInstanceOf(Unavailable.class);
        // When
        time.advance(Duration.ofSeconds(60));
        move(HINT);
        // Then
        assertThat(state()).isInstanceOf(Charged.class);
    }

    @Test
    void aHintIsNotToldAgainForWhatWaits() {
        // Given
        waitForCustomer();
        entry = new Entry.NotNow(time.now().plus(Duration.ofDays(3)));
        // When
        Moved resting = move(HINT);
        entry = new Entry.NeedsCard();
        failInPerson(WaitingForCard.class);
        Moved without = move(HINT);
        // Then
        assertThat(resting).isInstanceOf(Moved.Waits.class);
        assertThat(without).isInstanceOf(Moved.Waits.class);
        assertThat(payments.calls).containsExactly("retrieve pi_1");
    }
}
