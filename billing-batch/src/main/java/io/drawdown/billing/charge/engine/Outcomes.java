package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Attempt;
import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState.Cancelling;
import io.drawdown.billing.charge.ChargeState.Cause;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.ChargeState.Preparing;
import io.drawdown.billing.charge.ChargeState.Tried;
import io.drawdown.billing.charge.ChargeState.Unsettled;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.Intent;
import io.drawdown.billing.charge.IntentView;
import io.drawdown.billing.charge.IntentView.Status;
import io.drawdown.billing.charge.Sight;
import io.drawdown.billing.charge.engine.Alarms.Alarm;
import io.drawdown.billing.charge.engine.PayerGate.Entry.Admitted;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of Stripe means for the charge on its way. Whatever does not say what became of the intent makes it look at the
 * intent, by its id; nothing else is asked. The payer hears of a result before the charge does: a crash in between has it told
 * again, which changes nothing.
 */
final class Outcomes {

    private final Move move;

    Outcomes(Move move) {
        this.move = move;
    }

    Uni<Moved> created(Answer answer, @Nullable Card card) {
        return switch (answer) {
            case Answer.Shown shown -> created(shown.view(), card);
            case Answer.SavedFault _ -> {
                Preparing s = (Preparing) charge().state();
                Charge next = charge().preparingAnew(s.creation().frozen(), move.claim());
                yield move.writes.write(next, move::step, move::step);
            }
            case Answer.KeyReused _ -> dies(Fault.KEY_REUSED);
            case Answer.Missing missing when missing.isCustomer() -> customerGone();
            case Answer.Missing _ -> dies(Fault.MISSING);
            case Answer.Invalid _, Answer.CardDeclined _, Answer.WrongState _ -> dies(Fault.INVALID_REQUEST);
            case Answer.NotAllowed no -> stopped(no.why());
            case Answer.Unknown _, Answer.KeyInUse _ -> move.waits(move.soon());
            case Answer.Throttled _ -> notTaken();
            case Answer.OtherAccount _ -> notSent().chain(this::elsewhere);
        };
    }

    /** No call is under way. */
    Uni<Moved> notTaken() {
        return notSent().chain(() -> move.waits(move.soon()));
    }

    /** Other charges of the payer may go on, unless the attempt was sent before and may still be executed. */
    private Uni<?> notSent() {
        boolean wasSentBefore = charge().state() instanceof Confirming s
                && !s.attempt().keyAt().equals(s.claim().at());
        return wasSentBefore ? Uni.createFrom().voidItem() : move.leave(new Leave.Untried());
    }

    /** The key cannot read the intent, so this charge is looked at again later. Other charges go on. */
    private Uni<Moved> elsewhere() {
        alarm(Alarm.OTHER_ACCOUNT, "its intent is of another account, or of the other mode");
        Instant later = move.now().plus(Charge.LOOK_AGAIN);
        return switch (charge().state()) {
            case Unsettled s ->
                move.writes.record(now -> now.unsettled(s.cause(), move.now()), () -> move.waits(later));
            case WaitingForCustomer s -> move.waitsOn(s.lookAt());
            default -> move.waits(later);
        };
    }

    /** Stripe does not know the customer. If an intent was made, its id was never stored, so it is never confirmed. */
    private Uni<Moved> customerGone() {
        String customer = ((Preparing) charge().state()).creation().frozen().customer();
        alarm(Alarm.CUSTOMER_GONE, customer);
        return move.leave(new Leave.CustomerGone(customer))
                .chain(() -> move.writes.record(now -> now.withoutCustomer(move.now()), move::step));
    }

    private Uni<Moved> created(IntentView view, @Nullable Card card) {
        move.sawIntent();
        Preparing s = (Preparing) charge().state();
        Fault fault = view.fits(s.creation().frozen()) ? null : Fault.OTHER_TERMS;
        if (fault != null || charge().wish() != null) {
            return move.writes.write(charge().unwanted(view, fault, move.claim()), move::callCancel, move::step);
        }
        return card == null
                ? move.writes.write(charge().createdWithoutCard(view, move.now()), move::waitsForCard, move::step)
                : move.writes.write(charge().created(view, card, move.claim()), move::confirm, move::step);
    }

    Uni<Moved> confirmed(Answer answer) {
        return switch (answer) {
            case Answer.Shown shown -> resolve(shown.view(), IfUnchanged.WAIT);
            case Answer.CardDeclined declined -> declined(declined);
            case Answer.WrongState _, Answer.Unknown _, Answer.KeyInUse _ -> look(IfUnchanged.WAIT);
            case Answer.SavedFault _ -> look(IfUnchanged.NEXT_ATTEMPT);
            case Answer.Missing missing when missing.isCard() -> look(IfUnchanged.FORGET_CARD);
            case Answer.Missing _ -> dies(Fault.MISSING);
            case Answer.KeyReused _ -> move.cancel(Fault.KEY_REUSED);
            case Answer.Invalid _ -> look(IfUnchanged.GIVE_UP);
            case Answer.Throttled _ -> notTaken();
            case Answer.OtherAccount _ -> notSent().chain(this::elsewhere);
            case Answer.NotAllowed no -> stopped(no.why());
        };
    }

    /** The next attempt must know the charge of this one, so that it is not taken for its own. */
    private Uni<Moved> declined(Answer.CardDeclined declined) {
        return declined.view() == null
                ? look(view -> view.status() == Status.REQUIRES_PAYMENT_METHOD
                        ? refused(declined.decline(), view)
                        : resolve(view, IfUnchanged.WAIT))
                : refused(declined.decline(), declined.view());
    }

    private Uni<Moved> refused(Decline decline, IntentView view) {
        move.sawIntent();
        Attempt attempt = ((Confirming) charge().state()).attempt();
        return refused(new Sight.Refused(attempt, attempt.card(), decline, view.latestCharge()));
    }

    Uni<Moved> cancelAnswered(Answer answer) {
        return switch (answer) {
            case Answer.Shown shown -> resolve(shown.view(), IfUnchanged.WAIT);
            case Answer.Missing _ -> dies(Fault.MISSING);
            case Answer.Throttled _ -> move.waits(move.soon());
            case Answer.OtherAccount _ -> elsewhere();
            case Answer.NotAllowed no -> stopped(no.why());
            case Answer.Invalid invalid -> {
                alarm(Alarm.INVALID_REQUEST, invalid.why());
                yield look(IfUnchanged.WAIT);
            }
            case Answer.WrongState _,
                    Answer.Unknown _,
                    Answer.KeyInUse _,
                    Answer.KeyReused _,
                    Answer.SavedFault _,
                    Answer.CardDeclined _ -> look(IfUnchanged.WAIT);
        };
    }

    /** Reads the intent by its id, which decides. */
    Uni<Moved> look(IfUnchanged otherwise) {
        return look(view -> resolve(view, otherwise));
    }

    private Uni<Moved> look(Function<IntentView, Uni<Moved>> shown) {
        Intent intent = intent();
        if (move.isOutOfTime()) {
            return Uni.createFrom().item(new Moved.OutOfTime(charge()));
        }
        return Move.call(move.ports.payments().retrieve(intent.id(), intent.frozen()))
                .chain(answer -> switch (answer) {
                    case Answer.Shown it -> shown.apply(it.view());
                    case Answer.Missing _ -> dies(Fault.MISSING);
                    case Answer.OtherAccount _ -> elsewhere();
                    case Answer.NotAllowed no -> stopped(no.why());
                    default -> move.waits(move.soon());
                });
    }

    private Uni<Moved> resolve(IntentView view, IfUnchanged otherwise) {
        move.sawIntent();
        return switch (charge().sight(view)) {
            case Sight.Paid paid -> paid(paid);
            case Sight.Canceled _ -> canceled(view);
            case Sight sight when charge().state() instanceof Cancelling -> stillThere(sight);
            case Sight.Refused refused -> refused(refused);
            case Sight.CustomerNeeded _ -> customerNeeded(view);
            case Sight.Open open -> unsettled(open.cause());
            case Sight.Unchanged _ -> unchanged(otherwise);
        };
    }

    private Uni<Moved> paid(Sight.Paid paid) {
        return move.leave(new Leave.Paid(paid.card()))
                .chain(() -> move.writes.record(now -> now.paid(paid, move.now()), move::step));
    }

    private Uni<Moved> refused(Sight.Refused refused) {
        return move.leave(leave(refused))
                .chain(nextTry ->
                        move.writes.record(now -> now.declined(refused, nextTry.orElse(null), move.now()), this::rest));
    }

    private static Leave leave(Sight.Refused refused) {
        return new Leave.Declined(refused.id(), refused.card(), refused.decline());
    }

    /** It waits for the card, unless somebody wishes to cancel it or was faster. */
    private Uni<Moved> rest() {
        return switch (charge().state()) {
            case Declined s when charge().wish() == null -> move.waits(s.nextTry());
            case WaitingForCustomer s when charge().wish() == null -> move.waits(s.lookAt());
            default -> move.step();
        };
    }

    private Uni<Moved> customerNeeded(IntentView view) {
        return switch (charge().state()) {
            case WaitingForCustomer s -> move.enter(payer -> withAnotherCard(s, payer), () -> move.waitsOn(s.lookAt()));
            case Tried _ ->
                move.leave(new Leave.Untried())
                        .chain(() -> move.writes.record(
                                now -> now.waitingForCustomer(view.latestCharge(), move.now()), this::rest));
            default -> move.waits(move.soon()); // after a decline they try another card in person
        };
    }

    /** With the same card it waits on. */
    private Uni<Moved> withAnotherCard(WaitingForCustomer s, Admitted payer) {
        return payer.card().equals(s.attempt().card())
                ? move.leave(new Leave.Untried()).chain(() -> move.waitsOn(s.lookAt()))
                : move.attempt(payer);
    }

    private Uni<Moved> unsettled(Cause cause) {
        if (cause == Cause.REQUIRES_CAPTURE) {
            alarm(Alarm.REQUIRES_CAPTURE, intent().id());
        }
        return charge().state() instanceof Tried
                ? move.writes.record(now -> now.unsettled(cause, move.now()), () -> move.waits(move.soon()))
                : move.waits(move.soon());
    }

    /** Nobody takes money from it any more; an attempt before may have been declined. */
    private Uni<Moved> canceled(IntentView view) {
        Sight.Refused refused = charge().unrecordedDecline(view);
        Leave result = refused == null || view.lastDecline() == null ? new Leave.Untried() : leave(refused);
        if (charge().state() instanceof Cancelling s && s.fault() != null) {
            alarm(Alarm.DEAD, s.fault().name());
        }
        return move.leave(result)
                .chain(() -> move.writes.record(now -> now.canceledAtStripe(move.claim()), move::step));
    }

    /** It could not be cancelled yet. */
    private Uni<Moved> stillThere(Sight sight) {
        if (sight instanceof Sight.Open(Cause cause) && cause == Cause.REQUIRES_CAPTURE) {
            alarm(Alarm.REQUIRES_CAPTURE, intent().id());
        }
        return move.waits(move.soon());
    }

    private Uni<Moved> unchanged(IfUnchanged otherwise) {
        return switch (otherwise) {
            case WAIT -> move.waits(move.soon());
            case ADVANCE -> move.advance();
            case REPEAT -> move.enter(move::repeat);
            case NEXT_ATTEMPT -> move.enter(move::attempt);
            case FORGET_CARD ->
                move.leave(new Leave.CardGone(
                                ((Confirming) charge().state()).attempt().card()))
                        .chain(() -> move.writes.record(now -> now.waitingForCard(move.now()), move::step));
            case GIVE_UP -> move.cancel(Fault.INVALID_REQUEST);
        };
    }

    private Uni<Moved> dies(Fault fault) {
        alarm(Alarm.DEAD, fault.name());
        return move.leave(new Leave.Untried())
                .chain(() -> move.writes.record(now -> now.dead(fault, move.now()), move::step));
    }

    Uni<Moved> stopped(String why) {
        alarm(Alarm.NOT_ALLOWED, why);
        return Uni.createFrom().item(new Moved.Stopped(charge(), why));
    }

    private void alarm(Alarm alarm, String detail) {
        move.ports.alarms().raise(alarm, charge().id(), detail);
    }

    private Intent intent() {
        return Objects.requireNonNull(charge().intent());
    }

    private Charge charge() {
        return move.charge();
    }
}
