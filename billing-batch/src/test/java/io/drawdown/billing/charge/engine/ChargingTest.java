package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Dead;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.ChargeState.Queued;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.charge.engine.Alarms.Alarm;
import io.drawdown.billing.charge.engine.PayerGate.Entry;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
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

/** What a move does at its edges. That it takes money once is shown by the simulator's random histories. */
class ChargingTest {

    private static final Turn UNFENCED = Turn.unfenced(() -> Duration.ofMinutes(5));
    private static final Terms TERMS = new Terms("team-1", 799, Terms.USD, "item:1", true);

    private final ManualTime time = new ManualTime();
    private final ScriptedPayments payments = new ScriptedPayments();
    private final Gate gate = new Gate();
    private final List<Alarm> alarms = new ArrayList<>();
    private final Charging charging =
            new Charging(payments, gate, (alarm, charge, detail) -> alarms.add(alarm), time, new Random(1));
    private final Owner owner = new Owner(Charge.queued("chg-1", TERMS, time.now()));

    private static final class Gate implements PayerGate {
        private final List<Leave> left = new ArrayList<>();
        private Runnable whenLeft = () -> {};
        private Entry entry = new Entry.Admitted("cus_1", new Card("pm_1", "fp_1", "visa", "4242"));

        @Override
        public Uni<Entry> enter(String chargeId, Terms terms) {
            return Uni.createFrom().item(entry);
        }

        @Override
        public Uni<Optional<Instant>> leave(String payerId, String chargeId, Leave result) {
            left.add(result);
            whenLeft.run();
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private static final class Owner implements ChargeOwner {
        private Stored stored;
        private int writes;

        Owner(Charge charge) {
            stored = new Stored(charge, 1);
        }

        @Override
        public Uni<Stored> read() {
            return Uni.createFrom().item(stored);
        }

        @Override
        public Uni<Optional<Stored>> replace(Stored seen, Charge next) {
            if (seen.version() != stored.version()) {
                return Uni.createFrom().item(Optional.empty());
            }
            writes++;
            stored = new Stored(next, stored.version() + 1);
            return Uni.createFrom().item(Optional.of(stored));
        }
    }

    private Moved move(Turn turn) {
        return charging.move(owner, turn).await().atMost(Duration.ofSeconds(10));
    }

    private ChargeState state() {
        return owner.stored.charge().state();
    }

    /** A former runner has stored the attempt, and was not heard of again. */
    private void leaveConfirming() {
        payments.confirmed = new Answer.Throttled("429");
        move(UNFENCED);
        assertThat(state()).isInstanceOf(Confirming.class);
        payments.calls.clear();
        payments.confirmed = ScriptedPayments.shown(Status.SUCCEEDED);
    }

    @Test
    void aChargeIsCreatedThenConfirmed() {
        // When
        Moved moved = move(UNFENCED);
        // Then
        assertThat(moved).isInstanceOf(Moved.Ended.class);
        assertThat(payments.calls).containsExactly("create chg-1-g1-create", "confirm chg-1-g1-confirm-1");
        assertThat(owner.writes).isEqualTo(3);
    }

    @Test
    void nothingIsAskedForWhatIsFree() {
        // Given
        Owner free = new Owner(Charge.queued("chg-2", new Terms("team-1", 0, Terms.USD, "item:2", true), time.now()));
        // When
        Moved moved = charging.move(free, UNFENCED).await().atMost(Duration.ofSeconds(10));
        // Then
        assertThat(moved.charge().state()).isEqualTo(new Charged(null, time.now()));
        assertThat(payments.calls).isEmpty();
    }

    @Test
    void noCallIsBegunWhenTheDeadlineIsNear() {
        // When
        Moved moved = move(Turn.unfenced(() -> Duration.ofSeconds(24)));
        // Then
        assertThat(moved).isInstanceOf(Moved.OutOfTime.class);
        assertThat(payments.calls).isEmpty();
    }

    @Test
    void aFencedRunWritesNothing() {
        // Given
        Moved later = move(new Turn(7, () -> true, () -> Duration.ofSeconds(24)));
        int written = owner.writes;
        // When
        Moved former = move(new Turn(6, () -> true, () -> Duration.ofMinutes(5)));
        Moved lost = move(new Turn(8, () -> false, () -> Duration.ofMinutes(5)));
        // Then
        assertThat(later.charge().fence()).isEqualTo(7);
        assertThat(former).isInstanceOf(Moved.Overtaken.class);
        assertThat(lost).isInstanceOf(Moved.Overtaken.class);
        assertThat(owner.writes).isEqualTo(written);
        assertThat(payments.calls).isEmpty();
    }

    @Test
    void aCallOfAnotherRunnerIsLeftAlone() {
        // Given
        leaveConfirming();
        // When
        Moved early = move(UNFENCED);
        time.advance(Duration.ofSeconds(60));
        Moved late = move(UNFENCED);
        // Then
        assertThat(early).isInstanceOf(Moved.Waits.class);
        assertThat(late).isInstanceOf(Moved.Ended.class);
        assertThat(payments.calls).containsExactly("retrieve pi_1", "confirm chg-1-g1-confirm-1");
    }

    @Test
    void anOldKeyIsNotSentAgain() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofHours(23));
        // When
        move(UNFENCED);
        // Then
        assertThat(payments.calls).containsExactly("retrieve pi_1", "confirm chg-1-g1-confirm-2");
    }

    @Test
    void aKeyThatWasUsedOtherwiseKillsTheChargeOnceItsIntentIsCancelled() {
        // Given
        payments.confirmed = new Answer.KeyReused();
        // When
        move(UNFENCED);
        // Then
        assertThat(payments.calls).endsWith("cancel chg-1-g1-cancel-1");
        assertThat(state()).isInstanceOf(Dead.class);
        assertThat(alarms).containsExactly(Alarm.DEAD);
    }

    @Test
    void aMissingIntentIsNotTakenForNotCharged() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofSeconds(60));
        payments.retrieved = new Answer.Missing(Optional.of("intent"));
        // When
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOfSatisfying(Dead.class, dead -> assertThat(dead.fault())
                .isEqualTo(Fault.MISSING));
        assertThat(payments.calls).containsExactly("retrieve pi_1");
        assertThat(alarms).containsExactly(Alarm.DEAD);
    }

    @Test
    void aRefusedCallerStops() {
        // Given
        payments.isRefused = true;
        // When
        Moved atOnce = move(UNFENCED);
        payments.isRefused = false;
        payments.confirmed = new Answer.NotAllowed("status 403");
        Moved later = move(UNFENCED);
        // Then
        assertThat(List.of(atOnce, later)).allMatch(Moved.Stopped.class::isInstance);
        assertThat(alarms).containsExactly(Alarm.NOT_ALLOWED, Alarm.NOT_ALLOWED);
    }

    @Test
    void anIntentOfAnotherAccountStopsNobodyElse() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofSeconds(60));
        payments.retrieved = new Answer.OtherAccount();
        // When
        Moved moved = move(UNFENCED);
        // Then
        assertThat(moved)
                .isEqualTo(new Moved.Waits(
                        owner.stored.charge(), Optional.of(time.now().plus(Duration.ofHours(1)))));
        assertThat(state()).isInstanceOf(Confirming.class);
        assertThat(alarms).containsExactly(Alarm.OTHER_ACCOUNT);
    }

    @Test
    void whoseCustomerIsGoneIsChargedAsAnotherOneWithAnotherKey() {
        // Given
        payments.created = new Answer.Missing(Optional.of("customer"));
        gate.whenLeft = () -> gate.entry = new Entry.NeedsCard();
        // When
        Moved moved = move(UNFENCED);
        // Then
        assertThat(moved).isEqualTo(new Moved.Waits(owner.stored.charge(), Optional.empty()));
        assertThat(state()).isInstanceOf(WaitingForCard.class);
        assertThat(gate.left).containsExactly(new Leave.CustomerGone("cus_1"));
        assertThat(alarms).containsExactly(Alarm.CUSTOMER_GONE);
        // When
        payments.created = ScriptedPayments.shown(Status.REQUIRES_PAYMENT_METHOD);
        gate.entry = new Entry.Admitted("cus_2", new Card("pm_2", "fp_2", "visa", "1881"));
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOf(Charged.class);
        assertThat(payments.calls)
                .containsExactly("create chg-1-g1-create", "create chg-1-g2-create", "confirm chg-1-g2-confirm-1");
    }

    @Test
    void anIntentOfTheFormerCustomerIsCancelledBeforeTheNextOneIsMade() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofSeconds(60));
        gate.entry = new Entry.NeedsCard();
        move(UNFENCED);
        assertThat(state()).isInstanceOf(WaitingForCard.class);
        payments.calls.clear();
        // When
        gate.entry = new Entry.Admitted("cus_2", new Card("pm_2", "fp_2", "visa", "1881"));
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOf(Charged.class);
        assertThat(payments.calls)
                .containsExactly("cancel chg-1-g1-cancel-1", "create chg-1-g3-create", "confirm chg-1-g3-confirm-1");
    }

    @Test
    void anAttemptThatMayStillBeExecutedKeepsTheOthersOfItsPayerOut() {
        // Given
        leaveConfirming();
        List<Leave> afterTheFirst = List.copyOf(gate.left);
        gate.left.clear();
        time.advance(Duration.ofSeconds(60));
        payments.confirmed = new Answer.Throttled("429");
        // When
        move(UNFENCED);
        // Then
        assertThat(afterTheFirst).containsExactly(new Leave.Untried());
        assertThat(payments.calls).containsExactly("retrieve pi_1", "confirm chg-1-g1-confirm-1");
        assertThat(gate.left).isEmpty();
    }

    @Test
    void whoHasNoCardWaitsForOne() {
        // Given
        gate.entry = new Entry.NeedsCard();
        // When
        Moved moved = move(UNFENCED);
        // Then
        assertThat(moved).isEqualTo(new Moved.Waits(owner.stored.charge(), Optional.empty()));
        assertThat(state()).isInstanceOf(WaitingForCard.class);
    }

    @Test
    void anAttemptThatWasNotSentWaitsForACardIfThereIsNoneAnyMore() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofSeconds(60));
        gate.entry = new Entry.NeedsCard();
        // When
        Moved moved = move(UNFENCED);
        // Then
        assertThat(moved).isEqualTo(new Moved.Waits(owner.stored.charge(), Optional.empty()));
        assertThat(state()).isInstanceOfSatisfying(WaitingForCard.class, waiting -> assertThat(waiting.intent())
                .isNotNull());
        assertThat(payments.calls).containsExactly("retrieve pi_1");
    }

    @Test
    void aRequestForAnIntentIsFinishedThoughThereIsNoCardAnyMore() {
        // Given
        payments.created = new Answer.Throttled("429");
        move(UNFENCED);
        payments.created = ScriptedPayments.shown(Status.REQUIRES_PAYMENT_METHOD);
        time.advance(Duration.ofSeconds(60));
        gate.entry = new Entry.NeedsCard();
        // When
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOfSatisfying(WaitingForCard.class, waiting -> assertThat(waiting.intent())
                .isNotNull());
        assertThat(payments.calls).containsExactly("create chg-1-g1-create", "create chg-1-g1-create");
    }

    @Test
    void aStoredAttemptIsNotSentWithACardThatIsNotTheirsAnyMore() {
        // Given
        leaveConfirming();
        time.advance(Duration.ofSeconds(60));
        Card next = new Card("pm_2", "fp_2", "visa", "1881");
        gate.entry = new Entry.Admitted("cus_1", next);
        payments.confirmedWith.clear();
        // When
        move(UNFENCED);
        // Then
        assertThat(payments.calls).containsExactly("retrieve pi_1", "confirm chg-1-g1-confirm-2");
        assertThat(payments.confirmedWith).containsExactly(next);
    }

    @Test
    void aCustomerWhoMustAuthenticateIsLookedAtOnceAnHour() {
        // Given
        payments.confirmed = ScriptedPayments.shown(Status.REQUIRES_ACTION);
        payments.retrieved = ScriptedPayments.shown(Status.REQUIRES_ACTION);
        move(UNFENCED);
        time.advance(Duration.ofHours(1));
        // When
        move(UNFENCED);
        Instant first = lookAt();
        gate.entry = new Entry.NotNow(time.now().plus(Duration.ofDays(3)));
        time.advance(Duration.ofHours(1));
        move(UNFENCED);
        Instant second = lookAt();
        gate.entry = new Entry.NeedsCard();
        time.advance(Duration.ofHours(1));
        move(UNFENCED);
        // Then
        assertThat(List.of(first.plus(Duration.ofHours(2)), second.plus(Duration.ofHours(1)), lookAt()))
                .containsOnly(time.now().plus(Duration.ofHours(1)));
    }

    private Instant lookAt() {
        assertThat(state()).isInstanceOf(WaitingForCustomer.class);
        return ((WaitingForCustomer) state()).lookAt();
    }

    @Test
    void whoseCardRestsIsNotWritten() {
        // Given
        gate.entry = new Entry.NotNow(time.now().plusSeconds(60));
        // When
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOf(Queued.class);
        assertThat(owner.writes).isZero();
    }

    @Test
    void anAuthorizedSumIsNotTakenForPaid() {
        // Given
        payments.confirmed = ScriptedPayments.shown(Status.REQUIRES_CAPTURE);
        // When
        move(UNFENCED);
        // Then
        assertThat(state()).isInstanceOf(ChargeState.Unsettled.class);
        assertThat(alarms).containsExactly(Alarm.REQUIRES_CAPTURE);
    }
}
