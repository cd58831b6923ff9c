package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Card;
import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState.Calling;
import io.drawdown.billing.charge.ChargeState.Cancelling;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.Ended;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.ChargeState.Preparing;
import io.drawdown.billing.charge.ChargeState.Queued;
import io.drawdown.billing.charge.ChargeState.Unsettled;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import io.drawdown.billing.charge.Claim;
import io.drawdown.billing.charge.Creation;
import io.drawdown.billing.charge.Frozen;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.engine.PayerGate.Entry.Admitted;
import io.drawdown.billing.charge.engine.PayerGate.Leave;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One charge on its way: what each stored state does next. What Stripe answers is read by {@link Outcomes}. */
final class Move {

    private static final int MOST_STEPS = 12;

    final Charging.Ports ports;
    final ChargeWrites writes;
    final String token;
    private final Turn turn;
    private final Outcomes outcomes;
    private @Nullable Instant enteredAt;
    private int steps;
    private boolean hasSeenIntent;

    Move(Charging.Ports ports, ChargeOwner owner, Turn turn, String token) {
        this.ports = ports;
        this.turn = turn;
        this.token = token;
        this.writes = new ChargeWrites(owner, turn);
        this.outcomes = new Outcomes(this);
    }

    Uni<Moved> begin() {
        return writes.read()
                .chain(isMine -> isMine ? step() : writes.overtaken())
                .invoke(this::requireSeen);
    }

    /** Stripe has shown the intent. */
    void sawIntent() {
        hasSeenIntent = true;
    }

    /** A hint is used once the intent was read and what it means is stored. Without one, and after the end, there is nothing to read. */
    private void requireSeen(Moved moved) {
        Charge charge = moved.charge();
        boolean isUsed =
                charge.isOver() || charge.intent() == null || (hasSeenIntent && !(moved instanceof Moved.Overtaken));
        if (turn.isHinted() && !isUsed) {
            throw new Unavailable("the intent of " + charge.id() + " was not read");
        }
    }

    Charge charge() {
        return writes.charge();
    }

    Uni<Moved> step() {
        hasSeenIntent = false;
        if (++steps > MOST_STEPS) {
            return waits(soon());
        }
        if (charge().state() instanceof Calling calling && isOthers(calling)) {
            return waits(calling.claim().at().plus(ports.limits().claim()));
        }
        return charge().wish() == null ? goOn() : giveUp();
    }

    private boolean isOthers(Calling calling) {
        return !calling.claim().token().equals(token)
                && ports.time()
                        .now()
                        .isBefore(calling.claim().at().plus(ports.limits().claim()));
    }

    private Uni<Moved> goOn() {
        return turn.isHinted() && charge().isResting() ? outcomes.look(IfUnchanged.ADVANCE) : advance();
    }

    Uni<Moved> advance() {
        return switch (charge().state()) {
            case Queued _ when charge().isFree() -> writes.write(charge().free(now()), this::step, this::step);
            case Queued _ -> enter(this::prepare);
            case Preparing s -> enter(payer -> prepareAgain(s, payer));
            case Confirming _ -> outcomes.look(IfUnchanged.REPEAT);
            case Unsettled _ -> outcomes.look(IfUnchanged.NEXT_ATTEMPT);
            case Declined _ -> enter(this::attempt);
            case WaitingForCard s -> enter(payer -> s.intent() == null ? prepare(payer) : attempt(payer));
            case WaitingForCustomer _ -> outcomes.look(IfUnchanged.NEXT_ATTEMPT);
            case Cancelling _ -> cancelAgain();
            case Ended _ -> ended();
        };
    }

    /** Someone wishes to cancel it. */
    private Uni<Moved> giveUp() {
        return switch (charge().state()) {
            case Queued _ -> drop();
            case Preparing s when isOld(s.creation().keyAt()) -> drop();
            case Preparing _ -> writes.write(charge().claimed(claim()), () -> create(null), this::step);
            case WaitingForCard s when s.intent() == null -> drop();
            case Confirming _, Unsettled _, Declined _, WaitingForCard _, WaitingForCustomer _ -> cancel(null);
            case Cancelling _ -> cancelAgain();
            case Ended _ -> ended();
        };
    }

    /** Nothing that takes money was asked of Stripe. */
    private Uni<Moved> drop() {
        return leave(new Leave.Untried()).chain(() -> writes.write(charge().cancelled(now()), this::step, this::step));
    }

    private Uni<Moved> prepare(Admitted payer) {
        return ports.payments()
                .account()
                .<Supplier<Uni<Moved>>>map(account -> () -> prepare(payer, account))
                .onFailure(Payments.AccountRefused.class)
                .recoverWithItem(no -> () -> outcomes.stopped(String.valueOf(no.getMessage())))
                .onFailure(Unavailable.class)
                .recoverWithItem(away -> outcomes::notTaken)
                .chain(Supplier::get);
    }

    private Uni<Moved> prepare(Admitted payer, StripeAccount account) {
        Frozen frozen =
                new Frozen(charge().terms().amountCents(), charge().terms().currency(), payer.customer(), account);
        return writes.write(charge().preparing(frozen, claim()), () -> create(payer.card()), this::step);
    }

    private Uni<Moved> prepareAgain(Preparing s, @Nullable Admitted payer) {
        Frozen before = s.creation().frozen();
        Frozen frozen = payer == null ? before : before.of(payer.customer());
        Charge next = isOld(s.creation().keyAt()) || !frozen.equals(before)
                ? charge().preparingAnew(frozen, claim())
                : charge().claimed(claim());
        return writes.write(next, () -> create(payer == null ? null : payer.card()), this::step);
    }

    /** @param card to confirm it with; null if there is none, or if it is not wanted any more */
    private Uni<Moved> create(@Nullable Card card) {
        Creation creation = ((Preparing) charge().state()).creation();
        if (mayNotCall(creation.keyAt())) {
            return outOfTime();
        }
        return call(ports.payments().create(charge().id(), charge().terms(), creation))
                .chain(answer -> outcomes.created(answer, card));
    }

    /** The next attempt, with a key of its own; of the next intent if the payer is another customer now. */
    Uni<Moved> attempt(Admitted payer) {
        return !Objects.requireNonNull(charge().intent()).frozen().customer().equals(payer.customer())
                ? cancel(null)
                : writes.write(charge().attempted(payer.card(), claim()), this::confirm, this::step);
    }

    /** The attempt that is stored, with the same key; the next one if that key is old, or if they pay with another card now. */
    Uni<Moved> repeat(Admitted payer) {
        Card card = payer.card();
        boolean isSame = charge().state() instanceof Confirming s
                && !isOld(s.attempt().keyAt())
                && card.equals(s.attempt().card());
        return !isSame ? attempt(payer) : writes.write(charge().claimed(claim()), this::confirm, this::step);
    }

    /** This move has won the write of what it sends. */
    Uni<Moved> confirm() {
        Confirming s = (Confirming) charge().state();
        if (mayNotCall(s.attempt().keyAt()) || isLate(Objects.requireNonNull(enteredAt))) {
            return outOfTime();
        }
        return call(ports.payments()
                        .confirm(s.intent(), s.attempt(), charge().terms().isOffSession()))
                .chain(outcomes::confirmed);
    }

    /** @param fault why it dies; null if it is wished */
    Uni<Moved> cancel(@Nullable Fault fault) {
        return writes.write(charge().cancelling(fault, claim()), this::callCancel, this::step);
    }

    private Uni<Moved> cancelAgain() {
        return writes.write(charge().claimed(claim()), this::callCancel, this::step);
    }

    Uni<Moved> callCancel() {
        Cancelling s = (Cancelling) charge().state();
        if (mayNotCall(s.claim().at())) {
            return outOfTime();
        }
        return call(ports.payments().cancel(s.intent(), s.key())).chain(outcomes::cancelAnswered);
    }

    Uni<Moved> enter(Function<Admitted, Uni<Moved>> admitted) {
        return enter(admitted, this::needsCard);
    }

    Uni<Moved> enter(Function<Admitted, Uni<Moved>> admitted, Supplier<Uni<Moved>> withoutCard) {
        enteredAt = now();
        return ports.payers().enter(charge().id(), charge().terms()).chain(entry -> switch (entry) {
            case Admitted payer -> admitted.apply(payer);
            case PayerGate.Entry.NotNow busy -> waitsOn(busy.until());
            case PayerGate.Entry.NeedsCard _ -> withoutCard.get();
        });
    }

    /** No attempt has an open result. Of a request for an intent the answer is fetched, which takes no money. */
    private Uni<Moved> needsCard() {
        return switch (charge().state()) {
            case Preparing s -> prepareAgain(s, null);
            case WaitingForCard _ -> waitsForCard();
            default -> writes.write(charge().waitingForCard(now()), this::waitsForCard, this::step);
        };
    }

    Uni<Optional<Instant>> leave(Leave result) {
        return ports.payers().leave(charge().terms().payerId(), charge().id(), result);
    }

    /** A port that fails all the same may have sent its request. */
    static Uni<Answer> call(Uni<Answer> call) {
        return call.onFailure().recoverWithItem(fault -> new Answer.Unknown(String.valueOf(fault.getMessage())));
    }

    private boolean mayNotCall(Instant keyAt) {
        return isOutOfTime()
                || isOld(keyAt)
                || isLate(((Calling) charge().state()).claim().at());
    }

    /** This stood still since it claimed the call, so another one may have taken it over. */
    private boolean isLate(Instant claimedAt) {
        return now().isAfter(claimedAt
                .plus(ports.limits().claim())
                .minus(ports.limits().call()));
    }

    boolean isOutOfTime() {
        return turn.left().get().compareTo(ports.limits().call()) < 0;
    }

    private boolean isOld(Instant keyAt) {
        return !ports.time().now().isBefore(keyAt.plus(ports.limits().key()));
    }

    Claim claim() {
        return ports.claim(token);
    }

    Instant now() {
        return ports.time().now();
    }

    Instant soon() {
        return now().plus(ports.limits().pause());
    }

    Uni<Moved> waits(Instant until) {
        return Uni.createFrom().item(new Moved.Waits(charge(), Optional.of(until)));
    }

    /** The same; a customer who must authenticate is looked at again in an hour. */
    Uni<Moved> waitsOn(Instant until) {
        Charge next = charge().lookedAt(now());
        return next.equals(charge()) ? waits(until) : writes.write(next, () -> waits(until), this::step);
    }

    Uni<Moved> waitsForCard() {
        return Uni.createFrom().item(new Moved.Waits(charge(), Optional.empty()));
    }

    private Uni<Moved> outOfTime() {
        return Uni.createFrom().item(new Moved.OutOfTime(charge()));
    }

    Uni<Moved> ended() {
        return Uni.createFrom().item(new Moved.Ended(charge()));
    }
}
