package io.drawdown.billing.topup.engine;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.InFlight;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.billing.topup.TopUpRules.Verdict;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Granting;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks after the top-up of one account: follows the purchase that is under way, or buys if it should.
 *
 * <p>The rule and the purchase are two documents. The invariant: at most one purchase of a rule is not over. The id of a purchase is
 * stored in the rule before the purchase exists, and the purchase is begun under that id alone; so a crash between the two neither
 * loses it nor makes a second one. Whoever finds an id in the rule begins its purchase if there is none. The id leaves the rule only
 * once the purchase is over: granted, failed or refunded, never when it is merely paid; for until the credits are there, the
 * balance is as low as before, and would buy again. The write that takes the id out also stores the seq of the grant: a view of the
 * account from before it says nothing.
 *
 * <p>It may be begun again at any time, and by two at once.
 */
final class TopUpCheck {

    private static final Logger LOG = Logger.getLogger(TopUpCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(55);

    /** One purchase after the other without a pause is a fault of ours. */
    private static final int MOST_STEPS = 4;

    private final TopUpStore store;
    private final Purchases purchases;
    private final GuardedWrites<TopUpDocument> writes;
    private final TopUpPolicy policy;
    private final Time time;

    TopUpCheck(
            TopUpStore store, Purchases purchases, GuardedWrites<TopUpDocument> writes, TopUpPolicy policy, Time time) {
        this.store = store;
        this.purchases = purchases;
        this.writes = writes;
        this.policy = policy;
        this.time = time;
    }

    /** Answers the rule as it was last read or written; empty if there is none. */
    Uni<Optional<TopUpDocument>> check(String account) {
        return store.get(account)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : step(found.get(), MOST_STEPS).map(Optional::of));
    }

    private Uni<TopUpDocument> step(TopUpDocument rule, int left) {
        InFlight inFlight = rule.progress().inFlight();
        if (left == 0) {
            return Uni.createFrom().item(rule);
        }
        return inFlight != null ? follow(rule, inFlight, left) : decide(rule, left);
    }

    /** Begins the purchase if a crash came before. */
    private Uni<TopUpDocument> follow(TopUpDocument rule, InFlight inFlight, int left) {
        return purchases
                .begin(inFlight.purchase(), specOf(rule.id(), inFlight.pack(), inFlight.since()))
                .chain(purchase -> followed(rule, purchase, left));
    }

    private Uni<TopUpDocument> followed(TopUpDocument rule, PurchaseDocument purchase, int left) {
        return purchase.status().isOver() ? over(rule, purchase, left) : later(rule, purchase);
    }

    static PurchaseSpec specOf(String account, Pack pack, Instant since) {
        return new PurchaseSpec(account, pack, "", false, true, since);
    }

    private Uni<TopUpDocument> later(TopUpDocument rule, PurchaseDocument purchase) {
        return writes.change(rule, (current, now) -> TopUpRules.lookLater(current, purchase.id(), now));
    }

    private Uni<TopUpDocument> over(TopUpDocument rule, PurchaseDocument purchase, int left) {
        return writes.change(rule, (current, now) -> TopUpRules.over(current, purchase, policy, now))
                .invoke(next -> tell(next, purchase))
                .chain(next -> step(next, left - 1));
    }

    private static void tell(TopUpDocument rule, PurchaseDocument purchase) {
        LOG.infof(
                "Top-up purchase over: accountId=%s purchaseId=%s status=%s isOn=%s",
                rule.id(), purchase.id(), purchase.status(), rule.power().isOn());
    }

    private Uni<TopUpDocument> decide(TopUpDocument rule, int left) {
        if (!rule.power().isOn()) {
            return TopUpRules.waitsForCard(rule) ? turnOn(rule, left) : quiet(rule);
        }
        return purchases.standing(rule.id()).chain(standing -> decide(rule, standing, left));
    }

    /** Whoever attached a card since it turned itself off may not have come to turn it on. */
    private Uni<TopUpDocument> turnOn(TopUpDocument rule, int left) {
        TopUpDocument.Power off = rule.power();
        return purchases
                .cardSince(rule.id())
                .chain(since -> since.filter(off.since()::isBefore).isEmpty()
                        ? quiet(rule)
                        : writes.change(
                                        rule,
                                        (current, now) -> current.power().equals(off)
                                                ? TopUpRules.cardAttached(current, now)
                                                : null)
                                .chain(next -> step(next, left - 1)));
    }

    private Uni<TopUpDocument> decide(TopUpDocument rule, Granting.Standing standing, int left) {
        AccountView account = standing.account();
        if (standing.status() != Granting.StandingStatus.ACTIVE || account == null) {
            return quiet(rule);
        }
        Optional<Pack> pack = purchases.settings().pack(rule.terms().pack());
        if (pack.isEmpty() || !TopUpRules.isEnough(pack.get(), rule.terms())) {
            return writes.change(rule, (current, now) -> TopUpRules.packGone(current, rule.terms(), now));
        }
        return switch (TopUpRules.verdict(rule, account, policy, time.now())) {
            case Verdict.Nothing _ -> quiet(rule);
            case Verdict.Wait wait -> wait(rule, wait.until());
            case Verdict.Buy _ -> buyIfItCanPay(rule, account, pack.get(), left);
        };
    }

    private Uni<TopUpDocument> wait(TopUpDocument rule, Instant until) {
        return writes.change(rule, (current, now) -> TopUpRules.waiting(current, until));
    }

    /** A card that rests, or that is not there, is no attempt: it waits for the end of the rest, or for a card. */
    private Uni<TopUpDocument> buyIfItCanPay(TopUpDocument rule, AccountView account, Pack pack, int left) {
        return purchases.nextTry(specOf(rule.id(), pack, time.now())).chain(next -> {
            if (next.isEmpty()) {
                return quiet(rule);
            }
            return next.get().isAfter(time.now()) ? wait(rule, next.get()) : buy(rule, account, pack, left);
        });
    }

    private Uni<TopUpDocument> buy(TopUpDocument rule, AccountView account, Pack pack, int left) {
        return writes.change(rule, (current, now) -> TopUpRules.bought(current, account, pack, policy, now))
                .chain(next -> next.progress().inFlight() == null
                        ? Uni.createFrom().item(next)
                        : buy(next, Objects.requireNonNull(next.progress().inFlight()), left));
    }

    /** The id is stored; whoever comes first begins the purchase. */
    private Uni<TopUpDocument> buy(TopUpDocument rule, InFlight inFlight, int left) {
        return purchases
                .begin(inFlight.purchase(), specOf(rule.id(), inFlight.pack(), inFlight.since()))
                .chain(purchase -> purchases.work(purchase, PATIENCE))
                .chain(purchase -> followed(rule, purchase, left));
    }

    private Uni<TopUpDocument> quiet(TopUpDocument rule) {
        Instant due = rule.due();
        return due == null || due.isAfter(time.now())
                ? Uni.createFrom().item(rule)
                : writes.change(rule, (current, now) -> TopUpRules.quiet(current, due));
    }
}
