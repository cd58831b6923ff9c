package io.drawdown.billing.charge;

import io.drawdown.billing.charge.ChargeState.Cancelled;
import io.drawdown.billing.charge.ChargeState.Cancelling;
import io.drawdown.billing.charge.ChargeState.Cause;
import io.drawdown.billing.charge.ChargeState.Charged;
import io.drawdown.billing.charge.ChargeState.Confirming;
import io.drawdown.billing.charge.ChargeState.Dead;
import io.drawdown.billing.charge.ChargeState.Declined;
import io.drawdown.billing.charge.ChargeState.Ended;
import io.drawdown.billing.charge.ChargeState.Fault;
import io.drawdown.billing.charge.ChargeState.Preparing;
import io.drawdown.billing.charge.ChargeState.Queued;
import io.drawdown.billing.charge.ChargeState.Receipt;
import io.drawdown.billing.charge.ChargeState.Tried;
import io.drawdown.billing.charge.ChargeState.Unsettled;
import io.drawdown.billing.charge.ChargeState.WaitingForCard;
import io.drawdown.billing.charge.ChargeState.WaitingForCustomer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One sum that is taken from a card once at most: a value inside the document that owns it. Its methods are the rules of its life;
 * each gives the next value, and fails loudly in a state that it does not expect.
 *
 * @param id unique for ever, also across databases: the keys are made of it. The same charge restored from a backup asks Stripe
 *     with the same keys
 * @param wish present once someone wants it cancelled
 * @param fence the greatest fence of the runs that have written it; 0 if none has
 */
public record Charge(String id, Terms terms, @Nullable Wish wish, long fence, ChargeState state) {

    public static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    /** Someone wants it cancelled. It is granted only if no money was taken. */
    public record Wish(Instant at, String reason) {}

    /** A new charge. */
    public static Charge queued(String id, Terms terms, Instant now) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a charge: " + id);
        }
        return new Charge(id, terms, null, 0, new Queued(now));
    }

    public boolean isOver() {
        return state instanceof Ended;
    }

    /** Whether nothing is due. */
    public boolean isFree() {
        return terms.isFree();
    }

    /** Its attempt is over, and the next one waits; meanwhile the customer may pay in person. */
    public boolean isResting() {
        return switch (state) {
            case Declined _ -> true;
            case WaitingForCard s -> s.intent() != null;
            default -> false;
        };
    }

    /** Its intent; null if it has none. */
    public @Nullable Intent intent() {
        return state.intent();
    }

    /** Someone wants it cancelled. What is over stays as it is. */
    public Charge wished(String reason, Instant now) {
        return isOver() || wish != null ? this : new Charge(id, terms, new Wish(now, reason), fence, state);
    }

    /** As a run writes it. */
    public Charge under(long newFence) {
        return newFence == fence ? this : new Charge(id, terms, wish, newFence, state);
    }

    /** Nothing was due. */
    public Charge free(Instant now) {
        expect(isFree() && state instanceof Queued);
        return with(new Charged(null, now));
    }

    /** An intent is to be created: the first one. */
    public Charge preparing(Frozen frozen, Claim claim) {
        WaitingForCard waiting = state instanceof WaitingForCard s ? s : null;
        expect(state instanceof Queued || (waiting != null && waiting.intent() == null));
        int asked = waiting == null || waiting.asked() == null ? 0 : waiting.asked();
        return with(new Preparing(Creation.of(id, asked + 1, frozen, claim.at()), claim));
    }

    /** Asks for another intent. The id of the earlier one was never stored, so nothing can confirm it. */
    public Charge preparingAnew(Frozen frozen, Claim claim) {
        int gen = in(Preparing.class).creation().gen() + 1;
        return with(new Preparing(Creation.of(id, gen, frozen, claim.at()), claim));
    }

    /** Another runner makes the same call. */
    public Charge claimed(Claim claim) {
        return switch (state) {
            case Preparing s -> with(new Preparing(s.creation(), claim));
            case Confirming s -> with(new Confirming(s.intent(), s.attempt(), claim));
            case Cancelling s -> with(cancelling(s, s.tries() + 1, s.fault(), claim));
            default -> throw new IllegalStateException(id + " has no call under way in state " + state.name());
        };
    }

    /** Its intent exists; it is to be confirmed with that card. */
    public Charge created(IntentView view, Card card, Claim claim) {
        return with(attempt(made(view), card, claim));
    }

    /** Its intent exists; there is no card to confirm it with. */
    public Charge createdWithoutCard(IntentView view, Instant now) {
        return with(new WaitingForCard(made(view), now, null));
    }

    /** Its intent exists, but is not wanted. */
    public Charge unwanted(IntentView view, @Nullable Fault fault, Claim claim) {
        return with(new Cancelling(made(view), null, 1, cancelKey(made(view), 1), fault, claim));
    }

    private Intent made(IntentView view) {
        Creation creation = in(Preparing.class).creation();
        return new Intent(view.id(), creation.gen(), 0, view.latestCharge(), creation.frozen());
    }

    /** The next attempt of the same intent. */
    public Charge attempted(Card card, Claim claim) {
        return with(attempt(knownIntent(), card, claim));
    }

    private Confirming attempt(Intent intent, Card card, Claim claim) {
        Intent tried = intent.tried();
        return new Confirming(tried, Attempt.of(id, tried, card, claim.at()), claim);
    }

    /** Its intent is to be cancelled. */
    public Charge cancelling(@Nullable Fault fault, Claim claim) {
        Attempt open = state instanceof Tried tried ? tried.attempt() : null;
        return with(new Cancelling(knownIntent(), open, 1, cancelKey(knownIntent(), 1), fault, claim));
    }

    private Cancelling cancelling(Cancelling s, int tries, @Nullable Fault fault, Claim claim) {
        return new Cancelling(s.intent(), s.attempt(), tries, cancelKey(s.intent(), tries), fault, claim);
    }

    private String cancelKey(Intent intent, int tries) {
        return id + "-g" + intent.gen() + "-cancel-" + tries;
    }

    /** What the view of its intent means. */
    public Sight sight(IntentView view) {
        expect(knownIntent().id().equals(view.id()));
        return switch (view.status()) {
            case SUCCEEDED ->
                new Sight.Paid(Objects.requireNonNullElse(view.latestCharge(), view.id()), payingCard(view));
            case CANCELED -> new Sight.Canceled();
            case PROCESSING -> new Sight.Open(Cause.PROCESSING);
            case REQUIRES_CAPTURE -> new Sight.Open(Cause.REQUIRES_CAPTURE);
            case REQUIRES_ACTION -> new Sight.CustomerNeeded();
            case REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION -> refusal(view);
        };
    }

    private @Nullable Card payingCard(IntentView view) {
        Attempt attempt = state instanceof Tried tried ? tried.attempt() : null;
        if (attempt == null) {
            return null;
        }
        String stored = attempt.card().paymentMethod();
        return stored.equals(Objects.requireNonNullElse(view.paidBy(), stored)) ? attempt.card() : null;
    }

    private Sight refusal(IntentView view) {
        Sight.Refused refused = unrecordedDecline(view);
        return refused == null ? new Sight.Unchanged() : refused;
    }

    /** The decline since the stored attempt that the view shows and that is not recorded; null if there is none. */
    public Sight.@Nullable Refused unrecordedDecline(IntentView view) {
        Attempt attempt = state instanceof Tried tried ? tried.attempt() : null;
        if (attempt == null
                || view.latestCharge() == null
                || view.latestCharge().equals(attempt.previousCharge())) {
            return null;
        }
        return new Sight.Refused(
                attempt,
                Objects.requireNonNullElse(view.lastCard(), attempt.card()),
                Objects.requireNonNullElse(view.lastDecline(), Decline.UNEXPLAINED),
                view.latestCharge());
    }

    /** Its money was taken; this is true whatever it was about to become. */
    public Charge paid(Sight.Paid paid, Instant now) {
        Intent intent = knownIntent();
        return with(new Charged(
                new Receipt(intent.id(), paid.chargeId(), intent.frozen().amountCents()), now));
    }

    /**
     * Its card was declined.
     *
     * @param nextTry when the card may be tried again; absent if it may not
     */
    public Charge declined(Sight.Refused refused, @Nullable Instant nextTry, Instant now) {
        Intent intent = knownIntent().seen(refused.latestCharge());
        if (state instanceof Cancelling) {
            return this; // it is counted, and the wish stands
        }
        if (refused.decline().kind() == DeclineClass.AUTHENTICATION) {
            return waitingForCustomer(refused.latestCharge(), now);
        }
        return with(
                nextTry == null
                        ? new WaitingForCard(intent, now, null)
                        : new Declined(intent, refused.decline(), nextTry));
    }

    /** The customer must authenticate. */
    public Charge waitingForCustomer(@Nullable String latestCharge, Instant now) {
        Intent intent = knownIntent().seen(latestCharge);
        Attempt attempt = Objects.requireNonNull(in(Tried.class).attempt()).known(intent.latestCharge());
        return with(new WaitingForCustomer(intent, attempt, now.plus(LOOK_AGAIN)));
    }

    /** Nothing has happened that it waits for; if it is time, it is looked at again later. */
    public Charge lookedAt(Instant now) {
        return state instanceof WaitingForCustomer s && !now.isBefore(s.lookAt())
                ? with(new WaitingForCustomer(s.intent(), s.attempt(), now.plus(LOOK_AGAIN)))
                : this;
    }

    /** There is no card that may be tried. */
    public Charge waitingForCard(Instant now) {
        return with(new WaitingForCard(state.intent(), now, null));
    }

    /** Stripe does not know its customer. The id of an intent was never stored, so nothing can confirm one. */
    public Charge withoutCustomer(Instant now) {
        return with(new WaitingForCard(null, now, in(Preparing.class).creation().gen()));
    }

    /** Stripe, or a person, has not decided. */
    public Charge unsettled(Cause cause, Instant now) {
        Attempt attempt = Objects.requireNonNull(in(Tried.class).attempt());
        return with(new Unsettled(knownIntent(), attempt, cause, now.plus(LOOK_AGAIN)));
    }

    /** Its intent was cancelled at Stripe: as it was wished, because it dies, or by somebody else; then the next one is asked for. */
    public Charge canceledAtStripe(Claim claim) {
        Intent intent = knownIntent();
        if (state instanceof Cancelling s && s.fault() != null) {
            return with(new Dead(s.fault(), intent, claim.at()));
        }
        if (wish != null) {
            return with(new Cancelled(claim.at()));
        }
        return with(new Preparing(Creation.of(id, intent.gen() + 1, intent.frozen(), claim.at()), claim));
    }

    /** It was wished before anything was asked that could take money. */
    public Charge cancelled(Instant now) {
        expect(wish != null && state.intent() == null);
        return with(new Cancelled(now));
    }

    /** A person must look. */
    public Charge dead(Fault fault, Instant now) {
        return with(new Dead(fault, state.intent(), now));
    }

    private Intent knownIntent() {
        return Objects.requireNonNull(state.intent(), () -> id + " has no intent as " + state.name());
    }

    private Charge with(ChargeState next) {
        expect(!isOver());
        return new Charge(id, terms, wish, fence, next);
    }

    private <S extends ChargeState> S in(Class<S> expected) {
        expect(expected.isInstance(state));
        return expected.cast(state);
    }

    private void expect(boolean isExpected) {
        if (!isExpected) {
            throw new IllegalStateException("charge " + id + " is " + state.name());
        }
    }
}
