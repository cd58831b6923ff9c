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
        GuardedOwner<PurchaseDocument> owner = new GuardedOwner<>(ports.store(), ports.writes(), LENS, purchase.id());
        return ports.charging().move(owner, turn).chain(moved -> {
            PurchaseDocument latest = owner.document().orElse(purchase);
            return switch (moved) {
                case Moved.Ended _ -> latest.state() instanceof Open ? stays(latest) : work(latest, turn);
                case Moved.Waits waits -> wait(latest, waits.until(), turn);
                case Moved.OutOfTime _, Moved.Overtaken _, Moved.Stopped _ -> stays(latest);
            };
        });
    }

    /** A purchase is not tried again for days, as an item is: whoever wants the credits wants them now. */
    private Uni<PurchaseDocument> wait(PurchaseDocument purchase, Optional<Instant> until, Turn turn) {
        String reason = purchase.charge().wish() == null ? hopeless(purchase, until) : null;
        return reason == null
                ? stays(purchase)
                : ports.writes()
                        .change(purchase, (current, now) -> PurchaseRules.givenUp(current, reason, now))
                        .chain(wished -> work(wished, turn));
    }

    private @Nullable String hopeless(PurchaseDocument purchase, Optional<Instant> until) {
        Instant now = ports.time().now();
        Instant begunAt = purchase.spec().begunAt();
        return switch (purchase.charge().state()) {
            case ChargeState.Declined declined -> wordOf(declined.decline());
            case ChargeState.WaitingForCard _ -> "no_usable_card";
            case ChargeState.WaitingForCustomer _ ->
                purchase.spec().isOnSession()
                        ? isOver(begunAt.plus(customerPatience), now, "customer_away")
                        : "authentication_required";
            case ChargeState.Queued _
            when until.isPresent() && until.get().isAfter(now.plus(LONGEST_WAIT)) -> "card_rests";
            case ChargeState.Queued _ -> isOver(begunAt.plus(LONGEST_WAIT), now, "payer_busy");
            default -> null;
        };
    }

    private static @Nullable String isOver(Instant end, Instant now, String word) {
        return now.isBefore(end) ? null : word;
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

    /** Once, after some minutes. */
    private void alarm(PurchaseDocument purchase, Alarms.Alarm alarm, int tries, String why) {
        if (tries == ALARMING_TRIES) {
            ports.alarms().raise(alarm, purchase.id(), why);
        }
    }

    private static Uni<PurchaseDocument> stays(PurchaseDocument purchase) {
        return Uni.createFrom().item(purchase);
    }
}
