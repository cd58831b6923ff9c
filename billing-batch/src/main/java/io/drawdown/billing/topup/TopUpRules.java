package io.drawdown.billing.topup;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.PurchaseState;
import io.drawdown.billing.store.Revision;
import io.drawdown.billing.topup.TopUpDocument.Due;
import io.drawdown.billing.topup.TopUpDocument.InFlight;
import io.drawdown.billing.topup.TopUpDocument.Off;
import io.drawdown.billing.topup.TopUpDocument.Power;
import io.drawdown.billing.topup.TopUpDocument.Progress;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.contracts.AccountView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every change of a top-up, and when it buys: pure. Each change gives the next document, or null if it does not apply. */
public final class TopUpRules {

    /** A purchase that is under way is looked at again after that time. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private TopUpRules() {}

    /** The first top-up of an account. */
    public static TopUpDocument first(String account, Terms terms, Instant now) {
        Progress none = new Progress(0, null, null, 0, null, 0, 0);
        return new TopUpDocument(
                account, Revision.none(TopUpDocument.SCHEMA), terms, new Power(null, now), none, null, null);
    }

    /** Its owner wants it so; that turns it on. What it has done today, and what is under way, stays. */
    public static @Nullable TopUpDocument set(TopUpDocument rule, Terms terms, Instant now) {
        boolean isFree = rule.progress().inFlight() == null;
        TopUpDocument next = turnedOn(rule, now).with(terms).dueAt(isFree ? null : rule.due());
        return next.equals(rule) ? null : next;
    }

    /** Its owner does not want it any more. A purchase that is under way goes on. */
    public static @Nullable TopUpDocument removed(TopUpDocument rule, Instant now) {
        return rule.isRemoved()
                ? null
                : rule.with(new Power(Off.REMOVED, now))
                        .noticed(null)
                        .dueAt(rule.progress().inFlight() == null ? null : now);
    }

    /** There is another card. */
    public static @Nullable TopUpDocument cardAttached(TopUpDocument rule, Instant now) {
        if (rule.isRemoved() || rule.power().reason() == Off.PACK_GONE) {
            return null;
        }
        boolean isFree = rule.progress().inFlight() == null;
        TopUpDocument next = turnedOn(rule, now).dueAt(isFree ? null : rule.due());
        return next.equals(rule) ? null : next;
    }

    /** Whether another card turns it on. */
    public static boolean waitsForCard(TopUpDocument rule) {
        return rule.power().reason() == Off.FAILURES;
    }

    private static TopUpDocument turnedOn(TopUpDocument rule, Instant now) {
        Progress p = rule.progress();
        Progress forgiven =
                new Progress(p.purchases(), p.inFlight(), p.day(), p.attempts(), p.attemptAt(), p.grantedSeq(), 0);
        TopUpDocument next = rule.with(forgiven).noticed(null);
        return rule.power().isOn() ? next : next.with(new Power(null, now));
    }

    /** Whether a pack lifts the balance above the threshold. */
    public static boolean isEnough(Pack pack, Terms terms) {
        return pack.credits().compareTo(terms.threshold()) > 0;
    }

    /** What it wants to buy is not sold any more, or is too small. */
    public static @Nullable TopUpDocument packGone(TopUpDocument rule, Terms terms, Instant now) {
        boolean isFree = rule.power().isOn() && rule.progress().inFlight() == null;
        return isFree && rule.terms().equals(terms) ? off(rule, Off.PACK_GONE, "pack_gone", now) : null;
    }

    private static TopUpDocument off(TopUpDocument rule, Off why, String reason, Instant now) {
        Due notice = rule.terms().email() == null ? null : new Due(rule.rev() + 1, reason, now);
        return rule.with(new Power(why, now)).noticed(notice).dueAt(null);
    }

    /** Whether it should buy. */
    public sealed interface Verdict {

        record Buy() implements Verdict {}

        /** It should, but may not before then. */
        record Wait(Instant until) implements Verdict {}

        record Nothing() implements Verdict {}
    }

    /** @param account its money, read just now */
    public static Verdict verdict(TopUpDocument rule, AccountView account, TopUpPolicy policy, Instant now) {
        Progress p = rule.progress();
        boolean isFree = rule.power().isOn() && p.inFlight() == null;
        if (!isFree || isOld(rule, account.seq()) || !isNeeded(rule.terms(), account, policy)) {
            return new Verdict.Nothing();
        }
        if (policy.dayOf(now).equals(p.day()) && p.attempts() >= rule.terms().mostPerDay()) {
            return new Verdict.Wait(policy.nextDay(now));
        }
        Instant next = p.attemptAt() == null ? now : p.attemptAt().plus(policy.apart());
        return next.isAfter(now) ? new Verdict.Wait(next) : new Verdict.Buy();
    }

    /** Whether it says nothing: it was true before the credits of the latest purchase came. */
    public static boolean isOld(TopUpDocument rule, long seq) {
        return seq < rule.progress().grantedSeq();
    }

    /** Whether the balance is low, or does not last. */
    public static boolean isNeeded(Terms terms, AccountView account, TopUpPolicy policy) {
        long burn = account.burnPerSecond().micros();
        boolean isLow = account.balance().compareTo(terms.threshold()) <= 0;
        return isLow
                || (burn > 0
                        && account.balance().micros() <= burn * policy.lead().toSeconds());
    }

    /** A purchase is about to be begun: under the id that is stored now. */
    public static @Nullable TopUpDocument bought(
            TopUpDocument rule, AccountView account, Pack pack, TopUpPolicy policy, Instant now) {
        if (!(verdict(rule, account, policy, now) instanceof Verdict.Buy)) {
            return null;
        }
        Progress p = rule.progress();
        long n = p.purchases() + 1;
        String day = policy.dayOf(now);
        int attempts = day.equals(p.day()) ? p.attempts() + 1 : 1;
        InFlight inFlight = new InFlight(PurchaseSpec.idOfTopUp(rule.id(), n), pack, now);
        return rule.with(new Progress(n, inFlight, day, attempts, now, p.grantedSeq(), p.failures()))
                .dueAt(now.plus(LOOK));
    }

    /** It may not buy before then. */
    public static @Nullable TopUpDocument waiting(TopUpDocument rule, Instant until) {
        boolean isFree = rule.power().isOn() && rule.progress().inFlight() == null;
        return isFree && !until.equals(rule.due()) ? rule.dueAt(until) : null;
    }

    /** There is nothing to do until something happens. */
    public static @Nullable TopUpDocument quiet(TopUpDocument rule, @Nullable Instant dueBefore) {
        boolean isSame = rule.progress().inFlight() == null
                && rule.due() != null
                && rule.due().equals(dueBefore);
        return isSame ? rule.dueAt(null) : null;
    }

    /** The purchase that is under way is still not over. */
    public static @Nullable TopUpDocument lookLater(TopUpDocument rule, String purchase, Instant now) {
        boolean isDue = rule.due() == null || !rule.due().isAfter(now);
        return isInFlight(rule, purchase) && isDue ? rule.dueAt(now.plus(LOOK)) : null;
    }

    /** Its purchase is over: only now may the next one be begun. */
    public static @Nullable TopUpDocument over(
            TopUpDocument rule, PurchaseDocument purchase, TopUpPolicy policy, Instant now) {
        if (!isInFlight(rule, purchase.id()) || !purchase.status().isOver()) {
            return null;
        }
        Progress p = rule.progress();
        boolean isGranted = purchase.state() instanceof PurchaseState.Granted;
        long seq = purchase.state() instanceof PurchaseState.Granted granted
                ? Math.max(granted.seq(), p.grantedSeq())
                : p.grantedSeq();
        int failures = isGranted ? 0 : p.failures() + 1;
        TopUpDocument next =
                rule.with(new Progress(p.purchases(), null, p.day(), p.attempts(), p.attemptAt(), seq, failures));
        if (!rule.power().isOn()) {
            return next.dueAt(null);
        }
        return failures < policy.mostFailures()
                ? next.dueAt(now.plus(LOOK))
                : off(next, Off.FAILURES, reasonOf(purchase), now);
    }

    private static String reasonOf(PurchaseDocument purchase) {
        return Objects.requireNonNullElse(purchase.reason(), purchase.status().word());
    }

    /** That mail was sent. */
    public static @Nullable TopUpDocument noticed(TopUpDocument rule, Due sent) {
        return sent.equals(rule.notice()) ? rule.noticed(null) : null;
    }

    private static boolean isInFlight(TopUpDocument rule, String purchase) {
        InFlight inFlight = rule.progress().inFlight();
        return inFlight != null && inFlight.purchase().equals(purchase);
    }
}
