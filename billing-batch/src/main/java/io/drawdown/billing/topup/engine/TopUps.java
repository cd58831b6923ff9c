package io.drawdown.billing.topup.engine;

import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.PurchaseSpec;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpDocument.Terms;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The automatic top-ups: the one place where they are set and removed. Every answer comes on the core's thread. Fails with {@code
 * Unavailable} or {@code OutcomeUnknown} if a store or credits-service does; every call may be repeated.
 */
public final class TopUps {

    private final TopUpStore store;
    private final Purchases purchases;
    private final GuardedWrites<TopUpDocument> writes;
    private final TopUpWatch watch;
    private final TopUpSweep sweep;
    private final Time time;

    public TopUps(
            TopUpStore store,
            Purchases purchases,
            TopUpPolicy policy,
            Time time,
            Scheduler scheduler,
            RandomGenerator random) {
        this.store = store;
        this.purchases = purchases;
        this.time = time;
        TopUpMemory memory = new TopUpMemory();
        writes = new GuardedWrites<>(store, TopUpDocument::written, memory::seen, time, scheduler, random);
        TopUpCheck check = new TopUpCheck(store, purchases, writes, policy, time);
        watch = new TopUpWatch(memory, check, policy, time, scheduler);
        sweep = new TopUpSweep(store, watch, time, scheduler);
        purchases.whenOver(this::over);
    }

    /** Looks for what a crash left behind, and for what no event told. */
    public void start() {
        sweep.start();
    }

    /** Begins nothing more by itself. */
    public void stop() {
        sweep.stop();
        watch.stop();
    }

    /** What became of a request to set a top-up. */
    public sealed interface Outcome {

        record Set(TopUpDocument rule, boolean isNew) implements Outcome {}

        record Refused(ProblemType problem) implements Outcome {}
    }

    /**
     * Sets the top-up of an account and turns it on; it buys at once if it should. What it has done today counts on.
     *
     * @param card the payment method that must be the one that pays now; empty: whichever it is. It is not kept
     */
    public Uni<Outcome> set(String account, Terms terms, Optional<String> card) {
        Optional<Pack> pack = purchases.settings().pack(terms.pack());
        if (pack.isEmpty()) {
            return refused(ProblemType.UNKNOWN_PACK);
        }
        if (!TopUpRules.isEnough(pack.get(), terms)) {
            return refused(ProblemType.PACK_TOO_SMALL);
        }
        PurchaseSpec next = TopUpCheck.specOf(account, pack.get(), time.now());
        return purchases.standing(account).chain(standing -> switch (standing.status()) {
            case MISSING -> refused(ProblemType.ACCOUNT_NOT_FOUND);
            case CLOSED -> refused(ProblemType.ACCOUNT_CLOSED);
            case ACTIVE, SUSPENDED ->
                purchases
                        .canPay(next, card)
                        .chain(canPay -> canPay ? write(account, terms) : refused(ProblemType.NO_USABLE_CARD));
        });
    }

    private static Uni<Outcome> refused(ProblemType problem) {
        return Uni.createFrom().item(new Outcome.Refused(problem));
    }

    private Uni<Outcome> write(String account, Terms terms) {
        return store.get(account)
                .chain(found -> found.isPresent() ? change(found.get(), terms) : insert(account, terms))
                .invoke(() -> watch.check(account));
    }

    private Uni<Outcome> insert(String account, Terms terms) {
        return writes.insert(TopUpRules.first(account, terms, time.now()))
                .chain(inserted -> inserted.isPresent()
                        ? Uni.createFrom().item(new Outcome.Set(inserted.get(), true))
                        : write(account, terms));
    }

    private Uni<Outcome> change(TopUpDocument found, Terms terms) {
        return writes.change(found, (current, now) -> TopUpRules.set(current, terms, now))
                .map(rule -> new Outcome.Set(rule, found.isRemoved()));
    }

    /** The top-up of the account; empty if it has none, or if it was removed. */
    public Uni<Optional<TopUpDocument>> find(String account) {
        return store.get(account).map(found -> found.filter(rule -> !rule.isRemoved()));
    }

    /** Removes it; answers whether there was one. A purchase that is under way goes on. */
    public Uni<Boolean> remove(String account) {
        return find(account)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(false)
                        : writes.change(found.get(), TopUpRules::removed).replaceWith(true));
    }

    /** The documents, for a process. */
    public TopUpStore store() {
        return store;
    }

    /** A mail that was due is sent. */
    public Uni<Void> noticed(TopUpDocument rule, TopUpDocument.Due sent) {
        return writes.change(rule, (current, now) -> TopUpRules.noticed(current, sent))
                .replaceWithVoid();
    }

    /** The account is looked at, and its top-up buys if it should. */
    public void check(String account) {
        watch.check(account);
    }

    /** Something happened to an account. */
    public void heard(AccountEvent event) {
        watch.heard(event.accountId(), event.account());
    }

    /** Somebody who pays has another card. */
    public void cardAttached(String account) {
        store.get(account)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : writes.change(found.get(), TopUpRules::cardAttached).replaceWithVoid())
                .subscribe()
                .with(done -> watch.check(account), fault -> watch.check(account));
    }

    private void over(PurchaseDocument purchase) {
        if (purchase.spec().isAutomatic()) {
            watch.check(purchase.spec().account());
        }
    }
}
