package io.drawdown.billing.purchase;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.ChargeState.Receipt;
import io.drawdown.billing.charge.StripeAccount;
import io.drawdown.billing.charge.Terms;
import io.drawdown.billing.purchase.PurchaseDocument.Agenda;
import io.drawdown.billing.purchase.PurchaseState.Dead;
import io.drawdown.billing.purchase.PurchaseState.Failed;
import io.drawdown.billing.purchase.PurchaseState.Granted;
import io.drawdown.billing.purchase.PurchaseState.Open;
import io.drawdown.billing.purchase.PurchaseState.Paid;
import io.drawdown.billing.purchase.PurchaseState.Refund;
import io.drawdown.billing.purchase.PurchaseState.Refunded;
import io.drawdown.billing.purchase.PurchaseState.Refunding;
import io.drawdown.billing.store.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every change of a purchase: pure. Each gives the next document, or null if it does not apply. */
public final class PurchaseRules {

    /** A call that is under way is looked after by whoever made it; after that time by the sweep. */
    static final Duration LOOK = Duration.ofSeconds(30);

    /** What only waits is looked at again after a quarter of its age; within these bounds. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(20);

    private static final Duration MOST_PAUSE = Duration.ofMinutes(5);

    /** Stripe keeps it with the intent, before the id of the purchase. */
    public static final String REFERENCE = Terms.PURCHASE;

    private PurchaseRules() {}

    /** A new purchase. */
    public static PurchaseDocument begun(String id, PurchaseSpec spec) {
        Terms terms = terms(REFERENCE + id, spec);
        return new PurchaseDocument(
                id,
                Revision.none(PurchaseDocument.SCHEMA),
                spec,
                Charge.queued(id, terms, spec.begunAt()),
                new Open(spec.begunAt()),
                Agenda.of(PurchaseStatus.QUEUED, spec.begunAt(), spec, id),
                PurchaseOutbox.EMPTY);
    }

    /** What its charge takes. */
    public static Terms terms(String reference, PurchaseSpec spec) {
        return new Terms(spec.account(), spec.pack().priceCents(), Terms.USD, reference, !spec.isOnSession());
    }

    /** Its charge has changed. */
    public static PurchaseDocument charged(PurchaseDocument purchase, Charge charge, Instant now) {
        PurchaseState next =
                switch (charge.state()) {
                    case ChargeState.Charged charged -> paid(purchase, charged, now);
                    case ChargeState.Cancelled _ ->
                        new Failed(Objects.requireNonNull(charge.wish()).reason(), now);
                    case ChargeState.Dead _ -> new Dead(now);
                    default -> purchase.state();
                };
        return with(purchase, charge, next, now);
    }

    private static Paid paid(PurchaseDocument purchase, ChargeState.Charged charged, Instant now) {
        StripeAccount account =
                Objects.requireNonNull(purchase.charge().intent()).frozen().account();
        return new Paid(account, purchase.spec().pack().expiry(charged.at()), charged.at(), 0, now);
    }

    /** It is not worth waiting for any more; if the money was taken meanwhile, it stays paid. */
    public static @Nullable PurchaseDocument givenUp(PurchaseDocument purchase, String reason, Instant now) {
        Charge wished = purchase.charge().wished(reason, now);
        return wished.equals(purchase.charge()) ? null : with(purchase, wished, purchase.state(), now);
    }

    /** It was looked at, and has to wait on. Whatever happens to it meanwhile makes it due at another time. */
    public static @Nullable PurchaseDocument lookLater(PurchaseDocument purchase, Instant now) {
        Agenda agenda = purchase.agenda();
        if (agenda.due() == null || agenda.due().isAfter(now)) {
            return null;
        }
        Agenda later = new Agenda(agenda.status(), now.plus(pause(purchase, now)), agenda.place());
        return new PurchaseDocument(
                purchase.id(),
                purchase.revision(),
                purchase.spec(),
                purchase.charge(),
                purchase.state(),
                later,
                purchase.outbox());
    }

    private static Duration pause(PurchaseDocument purchase, Instant now) {
        Duration share = Duration.between(purchase.spec().begunAt(), now).dividedBy(4);
        Duration atLeast = share.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : share;
        return atLeast.compareTo(MOST_PAUSE) < 0 ? atLeast : MOST_PAUSE;
    }

    /** The credits were given, with that row of the ledger. */
    public static @Nullable PurchaseDocument granted(PurchaseDocument purchase, long seq, Instant now) {
        return purchase.state() instanceof Paid ? with(purchase, purchase.charge(), new Granted(seq, now), now) : null;
    }

    /** It is not known whether the credits were given; credits-service is asked again then. */
    public static @Nullable PurchaseDocument grantLater(
            PurchaseDocument purchase, int triesBefore, Instant nextTry, Instant now) {
        return purchase.state() instanceof Paid s && s.tries() == triesBefore
                ? with(
                        purchase,
                        purchase.charge(),
                        new Paid(s.account(), s.expiresAt(), s.at(), triesBefore + 1, nextTry),
                        now)
                : null;
    }

    /** The credits were not given, and never will be. */
    public static @Nullable PurchaseDocument refused(PurchaseDocument purchase, String reason, Instant now) {
        if (!(purchase.state() instanceof Paid s)) {
            return null;
        }
        Receipt receipt = Objects.requireNonNull(purchase.receipt());
        Refund refund = Refund.of(purchase.id(), receipt, s.account(), now);
        return with(purchase, purchase.charge(), new Refunding(refund, reason, 0, now), now);
    }

    /** The key of the refund is old; it is asked for with another one. Stripe gives a whole sum back once at most. */
    public static @Nullable PurchaseDocument refundAnew(PurchaseDocument purchase, Refund old, Instant now) {
        return purchase.state() instanceof Refunding s && s.refund().equals(old)
                ? with(
                        purchase,
                        purchase.charge(),
                        new Refunding(old.anew(now), s.reason(), s.tries(), s.nextTry()),
                        now)
                : null;
    }

    /** It is not known whether the money was given back; Stripe is asked again then. */
    public static @Nullable PurchaseDocument refundLater(
            PurchaseDocument purchase, int triesBefore, Instant nextTry, Instant now) {
        return purchase.state() instanceof Refunding s && s.tries() == triesBefore
                ? with(
                        purchase,
                        purchase.charge(),
                        new Refunding(s.refund(), s.reason(), triesBefore + 1, nextTry),
                        now)
                : null;
    }

    /** @param refund Stripe's id; null if the money had been given back already */
    public static @Nullable PurchaseDocument refunded(PurchaseDocument purchase, @Nullable String refund, Instant now) {
        return purchase.state() instanceof Refunding s
                ? with(purchase, purchase.charge(), new Refunded(refund, s.reason(), now), now)
                : null;
    }

    /** Without the events up to that seq, which are published. */
    public static @Nullable PurchaseDocument trimmed(PurchaseDocument purchase, long drainedTo) {
        PurchaseOutbox next = purchase.outbox().trimmed(drainedTo);
        return next.equals(purchase.outbox())
                ? null
                : new PurchaseDocument(
                        purchase.id(),
                        purchase.revision(),
                        purchase.spec(),
                        purchase.charge(),
                        purchase.state(),
                        purchase.agenda(),
                        next);
    }

    private static PurchaseDocument with(PurchaseDocument purchase, Charge charge, PurchaseState state, Instant now) {
        PurchaseStatus status = PurchaseStatus.of(charge, state);
        boolean isNews = status.isNews() && status != purchase.status();
        Agenda agenda = Agenda.of(status, dueOf(charge, state, now), purchase.spec(), purchase.id());
        PurchaseDocument next = new PurchaseDocument(
                purchase.id(), purchase.revision(), purchase.spec(), charge, state, agenda, purchase.outbox());
        Long seq = state instanceof Granted granted ? granted.seq() : null;
        return isNews ? with(next, next.outbox().with(status, now, next.reason(), seq)) : next;
    }

    private static PurchaseDocument with(PurchaseDocument purchase, PurchaseOutbox outbox) {
        return new PurchaseDocument(
                purchase.id(),
                purchase.revision(),
                purchase.spec(),
                purchase.charge(),
                purchase.state(),
                purchase.agenda(),
                outbox);
    }

    private static @Nullable Instant dueOf(Charge charge, PurchaseState state, Instant now) {
        return switch (state) {
            case Open _ -> dueOf(charge, now);
            case Paid s -> s.nextTry();
            case Refunding s -> s.nextTry();
            case Granted _, Refunded _, Failed _, Dead _ -> null;
        };
    }

    private static Instant dueOf(Charge charge, Instant now) {
        return switch (charge.state()) {
            case ChargeState.Calling _, ChargeState.Unsettled _, ChargeState.WaitingForCustomer _ -> now.plus(LOOK);
            default -> now;
        };
    }
}
