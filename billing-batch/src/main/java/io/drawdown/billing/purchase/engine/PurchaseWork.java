package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.Decline;
import io.drawdown.billing.charge.engine.Alarms;
import io.drawdown.billing.charge.engine.Charging;
import io.drawdown.billing.charge.engine.GuardedOwner;
import io.drawdown.billing.charge.engine.Moved;
import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseRules;
import io.drawdown.billing.purchase.PurchaseState;
import io.drawdown.billing.purchase.PurchaseState.Open;
import io.drawdown.billing.purchase.PurchaseState.Paid;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.PurchaseState.Refunding;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves a purchase as far as it goes now, from whatever state is stored: charge it, give the credits, or the money back. Every step is
 * one guarded write that decides again after a lost race, so it may be begun again at any time, and by two at once.
 *
 * <p>The money is taken once at most ({@link Charging}); the grant has the id of the purchase as its key for ever; and only once
 * credits-service has said that it gives nothing under this key is the whole sum refunded, which Stripe does once at most.
 *
 * <p>Belongs to the thread of its core.
 */
final class PurchaseWork {

    /** A payer who is busy for longer has a card that rests. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(16);

    /** Stripe forgets a key after 24 h. */
    private static final Duration OLD_KEY = Duration.ofHours(23);

    private static final Duration MOST_PAUSE = Duration.ofMinutes(1);
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);
    private static final int ALARMING_TRIES = 8;
    private static final int TRIES_PER_HOUR = 60;

    private final Ports ports;
    private final Duration customerPatience;

    /** What it needs. */
    record Ports(
            GuardedStore<PurchaseDocument> store,
            GuardedWrites<PurchaseDocument> writes,
            Charging charging,
            CreditAccounts credits,
            Refunds refunds,
            Alarms alarms,
            Time time) {}

    private static final GuardedOwner.Lens<PurchaseDocument> LENS = new GuardedOwner.Lens<>() {
        @Override
        public Charge chargeOf(PurchaseDocument purchase) {
            return purchase.charge();
        }

        @Override
        public PurchaseDocument with(PurchaseDocument purchase, Charge next, Instant now) {
            return PurchaseRules.charged(purchase, next, now);
        }
    };

    PurchaseWork(Ports ports, Duration customerPatience) {
        this.ports = ports;
        this.customerPatience = customerPatience;
    }

    /**
     * Answers the purchase as it was last read or written.
     *
     * @param purchase may be old
     */
    Uni<PurchaseDocument> work(PurchaseDocument purchase, Turn turn) {
        return switch (purchase.state()) {
            case Open _ -> charge(purchase, turn);
            case Paid paid -> grant(purchase, paid, turn);
            case Refunding refunding -> refund(purchase, refunding, turn);
            case PurchaseState.Granted _, PurchaseState.Refunded _, PurchaseState.Failed _, PurchaseState.Dead _ ->
                Uni.createFrom().item(purchase);
        };
    }

    private Uni<PurchaseDocument> charge(PurchaseDocument purchase, Turn turn) {
        Optional<Instant> now = Optional.of(ports.time().now());
        return isHopeless(purchase, now) ? giveUp(purchase, now, turn) : move(purchase, turn);
    }

    private Uni<PurchaseDocument> move(PurchaseDocument purchase, Turn turn) {
        GuardedOwner<PurchaseDocument> owner = new GuardedOwner<>(ports.store(), ports.writes(), LENS, purchase.id());
        return ports.charging().move(owner, turn).chain(moved -> {
            PurchaseDocument latest = owner.document().orElse(purchase);
            return switch (moved) {
                case Moved.Ended _ -> latest.state() instanceof Open ? stays(latest) : work(latest, turn);
                case Moved.Waits waits when isHopeless(latest, waits.until()) -> giveUp(latest, waits.until(), turn);
                case Moved.Waits _, Moved.OutOfTime _, Moved.Overtaken _, Moved.Stopped _ -> stays(latest);
            };
        });
    }

    private boolean isHopeless(PurchaseDocument purchase, Optional<Instant> until) {
        return purchase.charge().wish() == null && hopeless(purchase, until) != null;
    }

    /** A wish is safe in every state: money that was taken all the same is followed by its credits. */
    private Uni<PurchaseDocument> giveUp(PurchaseDocument purchase, Optional<Instant> until, Turn turn) {
        return ports.writes()
                .change(purchase, (current, now) -> {
                    String reason = hopeless(current, until);
                    return reason == null ? null : PurchaseRules.givenUp(current, reason, now);
                })
                .chain(next -> next.charge().wish() == null ? stays(next) : work(next, turn));
    }

    /**
     * Why it is given up; null if it is not. A purchase is not tried again for days, as an item is: whoever wants the credits wants
     * them now.
     *
     * @param until when it can go on; empty: once a card is attached
     */
    private @Nullable String hopeless(PurchaseDocument purchase, Optional<Instant> until) {
        boolean isOnSession = purchase.spec().isOnSession();
        return switch (purchase.charge().state()) {
            case ChargeState.Declined declined -> wordOf(declined.decline());
            case ChargeState.WaitingForCard _ -> "no_usable_card";
            case ChargeState.WaitingForCustomer _ ->
                isOnSession ? tooLate(purchase, customerPatience, "customer_away") : "authentication_required";
            case ChargeState.Queued _ -> cannotBeTried(until, () -> tooLate(purchase, LONGEST_WAIT, "payer_busy"));
            case ChargeState.Preparing _, ChargeState.Confirming _, ChargeState.Unsettled _ -> {
                Duration longest = isOnSession ? customerPatience.plus(LONGEST_WAIT) : LONGEST_WAIT;
                yield cannotBeTried(until, () -> tooLate(purchase, longest, "timed_out"));
            }
            case ChargeState.Cancelling _, ChargeState.Ended _ -> null;
        };
    }

    private @Nullable String cannotBeTried(Optional<Instant> until, Supplier<@Nullable String> otherwise) {
        Instant latest = ports.time().now().plus(LONGEST_WAIT);
        if (until.isEmpty()) {
            return "no_usable_card";
        }
        return until.get().isAfter(latest) ? "card_rests" : otherwise.get();
    }

    private @Nullable String tooLate(PurchaseDocument purchase, Duration longest, String word) {
        Instant end = purchase.spec().begunAt().plus(longest);
        return ports.time().now().isBefore(end) ? null : word;
    }

    private static String wordOf(Decline decline) {
        return Objects.requireNonNullElse(decline.declineCode(), decline.code());
    }

    private Uni<PurchaseDocument> grant(PurchaseDocument purchase, Paid paid, Turn turn) {
        Granting.Grant grant = new Granting.Grant(
                purchase.id(),
                GrantKind.PURCHASED,
                purchase.spec().pack().credits(),
                paid.expiresAt(),
                purchase.reference());
        return ports.credits()
                .grant(purchase.spec().account(), grant)
                .map(answer -> (GuardedWrites.Rule<PurchaseDocument>) (current, now) -> granted(current, answer, now))
                .onFailure()
                .recoverWithItem(fault -> notGranted(purchase, paid))
                .chain(rule -> ports.writes().change(purchase, rule))
                .chain(next -> next.state() instanceof Refunding ? work(next, turn) : stays(next));
    }

    private static @Nullable PurchaseDocument granted(
            PurchaseDocument current, Granting.GrantAnswer answer, Instant now) {
        return switch (answer.outcome()) {
            case GRANTED -> PurchaseRules.granted(current, Objects.requireNonNull(answer.seq()), now);
            case REFUSED -> PurchaseRules.refused(current, wordOf(answer.problem()), now);
        };
    }

    private static String wordOf(@Nullable ProblemType problem) {
        return problem == null ? "refused" : problem.slug().replace('-', '_');
    }

    private GuardedWrites.Rule<PurchaseDocument> notGranted(PurchaseDocument purchase, Paid paid) {
        alarm(purchase, Alarms.Alarm.NOT_GRANTED, paid.tries(), "credits-service does not answer");
        Instant nextTry = later(paid.tries());
        return (current, now) -> PurchaseRules.grantLater(current, paid.tries(), nextTry, now);
    }

    private Uni<PurchaseDocument> refund(PurchaseDocument purchase, Refunding s, Turn turn) {
        Refund refund = s.refund();
        if (!ports.time().now().isBefore(refund.keyAt().plus(OLD_KEY))) {
            return ports.writes()
                    .change(purchase, (current, now) -> PurchaseRules.refundAnew(current, refund, now))
                    .chain(next -> work(next, turn));
        }
        return ports.refunds().refund(refund).chain(outcome -> switch (outcome) {
            case Refunds.Outcome.Done done ->
                ports.writes().change(purchase, (current, now) -> PurchaseRules.refunded(current, done.refund(), now));
            case Refunds.Outcome.Unknown unknown -> {
                alarm(purchase, Alarms.Alarm.NOT_REFUNDED, s.tries(), unknown.why());
                yield refundLater(purchase, s, later(s.tries()));
            }
            case Refunds.Outcome.KeySpent _ ->
                ports.writes().change(purchase, (current, now) -> PurchaseRules.refundAnew(current, refund, now));
            case Refunds.Outcome.Refused refused -> {
                ports.alarms().raise(Alarms.Alarm.NOT_REFUNDED, purchase.id(), refused.why());
                yield refundLater(purchase, s, ports.time().now().plus(AFTER_REFUSAL));
            }
        });
    }

    private Uni<PurchaseDocument> refundLater(PurchaseDocument purchase, Refunding s, Instant nextTry) {
        return ports.writes()
                .change(purchase, (current, now) -> PurchaseRules.refundLater(current, s.tries(), nextTry, now));
    }

    private Instant later(int tries) {
        Duration pause = Duration.ofSeconds(1L << Math.min(tries, 6));
        return ports.time().now().plus(pause.compareTo(MOST_PAUSE) < 0 ? pause : MOST_PAUSE);
    }

    /** After some minutes, then each hour. */
    private void alarm(PurchaseDocument purchase, Alarms.Alarm alarm, int tries, String why) {
        if (tries >= ALARMING_TRIES && (tries - ALARMING_TRIES) % TRIES_PER_HOUR == 0) {
            ports.alarms().raise(alarm, purchase.id(), why);
        }
    }

    private static Uni<PurchaseDocument> stays(PurchaseDocument purchase) {
        return Uni.createFrom().item(purchase);
    }
}
