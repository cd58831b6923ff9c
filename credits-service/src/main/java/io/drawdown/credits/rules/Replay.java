package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.account.Balances;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.GrantsAndHolds;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Thresholds;
import io.drawdown.credits.decision.Warnings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Derives an account from its entries alone, and reports where they do not fit each other or the document. It shares with
 * the rules what a grant, a hold and a sum are, but none of their decisions.
 */
public final class Replay {

    private static final int MOST_PROBLEMS = 10;

    private final GrantsAndHolds grantsAndHolds = new GrantsAndHolds(List.of(), List.of());
    private final List<String> problems = new ArrayList<>();
    private AccountStatus status = AccountStatus.ACTIVE;
    private @Nullable String plan;
    private Thresholds thresholds = Thresholds.UNARMED;
    private long seq;
    private Credits posted = Credits.ZERO;
    private Turnover turnover = Turnover.NONE;

    /**
     * Where credits came from and went to, in micro-credits: over the years that is more than one amount can be.
     *
     * @param issuedMicros all that was ever put in
     */
    public record Turnover(long issuedMicros, long spentMicros, long expiredMicros) {

        private static final Turnover NONE = new Turnover(0, 0, 0);

        private static Turnover issued(Credits credits) {
            return new Turnover(credits.micros(), 0, 0);
        }

        private static Turnover spent(Credits credits) {
            return new Turnover(0, credits.micros(), 0);
        }

        private static Turnover expired(Credits credits) {
            return new Turnover(0, 0, credits.micros());
        }

        private Turnover plus(Turnover more) {
            return new Turnover(
                    issuedMicros + more.issuedMicros,
                    spentMicros + more.spentMicros,
                    expiredMicros + more.expiredMicros);
        }
    }

    /** Takes the next entry. */
    public void apply(Entry entry) {
        expect(entry.seq() == seq + 1, entry, "follows seq " + seq);
        seq = entry.seq();
        expect(entry.movement().before().equals(posted), entry, "does not begin where the one before it ended");
        try {
            turnover = turnover.plus(change(entry));
        } catch (IllegalStateException e) {
            expect(false, entry, String.valueOf(e.getMessage()));
        }
        Balances balances = balancesAt(entry.at());
        posted = entry.movement().after();
        expect(entry.movement().before().plus(entry.amount()).equals(posted), entry, "does not add up");
        expect(balances.posted().equals(posted), entry, "leaves other grants than it says");
        expect(balances.view(seq, thresholds).equals(entry.view()), entry, "shows other sums than there are");
        expect(!balances.available().isNegative(), entry, "overdraws the account");
    }

    /** What the entry moved. An expression, so that a new type of entry does not compile without its change. */
    private Turnover change(Entry entry) {
        return switch (entry.type()) {
            case OPENED -> open(entry);
            case GRANTED -> grant(entry, Objects.requireNonNull(entry.grant()));
            case HELD, OVERDUE -> hold(entry);
            case GIVE_BACK_ASKED -> entry.hold() == null ? Turnover.NONE : hold(entry);
            case SETTLED -> settle(entry);
            case RELEASED -> release(entry);
            case CHARGED -> spend(entry);
            case EXPIRED -> expire(entry);
            case THRESHOLD_CROSSED ->
                warn(Objects.requireNonNull(entry.subject().thresholdPercent()));
            case SUSPENDED -> become(AccountStatus.SUSPENDED);
            case REINSTATED -> become(AccountStatus.ACTIVE);
            case PLAN_CHANGED -> changePlan(entry.subject().plan());
            case CLOSED -> become(AccountStatus.CLOSED);
            case VOIDED -> voided(entry);
        };
    }

    private Turnover open(Entry entry) {
        expect(entry.seq() == 1, entry, "is not the first");
        return Turnover.NONE;
    }

    private Turnover grant(Entry entry, Grant grant) {
        Optional<Grant> before = grantsAndHolds.grant(grant.id());
        Grant fresh = new Grant(
                "g" + entry.seq(),
                grant.kind(),
                grant.priority(),
                grant.effectiveAt(),
                grant.expiresAt(),
                entry.amount(),
                entry.amount());
        Grant after = before.map(old -> old.plus(entry.amount())).orElse(fresh);
        expect(grant.equals(after), entry, "leaves another grant than the one that it adds to");
        grantsAndHolds.put(grant);
        if (grant.isUsable(entry.at())) {
            thresholds = Warnings.armedAt(balancesAt(entry.at()).balance());
        }
        return Turnover.issued(entry.amount());
    }

    private Turnover hold(Entry entry) {
        put(entry);
        return Turnover.NONE;
    }

    private Turnover settle(Entry entry) {
        Turnover spent = spend(entry);
        Hold hold = put(entry);
        Credits price = hold.rate().priceOf(hold.usedMillis());
        Credits open = hold.rate().priceOf(hold.fundedMillis()).minus(price);
        expect(hold.charged().equals(price), entry, "charged another amount than the price of the usage");
        expect(hold.reserved().equals(open), entry, "reserves another amount than is funded and not used");
        return spent;
    }

    /** Funded time falls only with a new owner or where the owner gave some back. */
    private Hold put(Entry entry) {
        Hold hold = holdOf(entry);
        grantsAndHolds.hold(hold.id()).ifPresent(before -> {
            boolean isFollower = hold.epoch() >= before.epoch()
                    && (hold.cut().equals(before.cut())
                            || (hold.epoch() == before.epoch() && hold.cut() == before.cut() + 1));
            boolean isLess = hold.cut().equals(before.cut()) && hold.fundedMillis() < before.fundedMillis();
            expect(isFollower, entry, "leaves a hold of another epoch or cut than the next");
            expect(!isLess, entry, "lowers what is funded without a cut");
        });
        grantsAndHolds.put(hold);
        return hold;
    }

    private Turnover release(Entry entry) {
        expect(grantsAndHolds.remove(holdOf(entry)), entry, "releases what is not held");
        return Turnover.NONE;
    }

    private Turnover spend(Entry entry) {
        return Turnover.spent(taken(entry));
    }

    private Turnover expire(Entry entry) {
        Credits taken = taken(entry);
        Instant moment = entry.effectiveAt();
        expect(moment != null && !moment.isAfter(entry.at()), entry, "does not say when the credits expired");
        expect(
                entry.parts().stream().allMatch(part -> Objects.equals(part.expiresAt(), moment)),
                entry,
                "expires credits at another moment than they were given until");
        return Turnover.expired(taken);
    }

    private Turnover warn(int level) {
        thresholds = Warnings.crossed(thresholds, level);
        return Turnover.NONE;
    }

    private Turnover become(AccountStatus next) {
        status = next;
        return Turnover.NONE;
    }

    private Turnover changePlan(@Nullable String next) {
        plan = next;
        return Turnover.NONE;
    }

    private Turnover voided(Entry entry) {
        expect(entry.amount().equals(Credits.ZERO) && entry.keyHash() != null, entry, "voids no key");
        return Turnover.NONE;
    }

    private Credits taken(Entry entry) {
        List<GrantPart> taken = grantsAndHolds.take(Allocations.of(entry.parts()));
        expect(taken.equals(entry.parts()), entry, "names other terms than those of its grants");
        expect(Allocations.sum(taken).negated().equals(entry.amount()), entry, "takes another amount than it says");
        return entry.amount().negated();
    }

    private static Hold holdOf(Entry entry) {
        return Objects.requireNonNull(entry.hold());
    }

    private Balances balancesAt(Instant at) {
        return new Balances(grantsAndHolds.grants(), grantsAndHolds.holds(), at);
    }

    /** Says where the document is not what its entries say. */
    public void compare(Account account) {
        differs("seq", account.seq(), seq);
        differs("status", account.status(), status);
        differs("plan", account.plan(), plan);
        differs("grants", account.grants(), grantsAndHolds.grants());
        differs("holds", account.holds(), grantsAndHolds.holds());
        differs("thresholds", account.money().thresholds(), thresholds);
        Instant at = account.accountTime();
        if (account.balancesAt(at).available().isNegative()) {
            problem("the account is overdrawn");
        }
    }

    private void differs(String what, @Nullable Object document, @Nullable Object replayed) {
        if (!Objects.equals(document, replayed)) {
            problem(what + ": the document says " + document + ", its entries say " + replayed);
        }
    }

    private void expect(boolean holds, Entry entry, String otherwise) {
        if (!holds) {
            problem("entry " + entry.seq() + " " + otherwise);
        }
    }

    private void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        }
    }

    /** What does not fit, the first few; empty if all does. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What no hold reserves, of each grant that is left. */
    public List<GrantPart> free() {
        Balances balances = balancesAt(Instant.EPOCH);
        return grantsAndHolds.grants().stream()
                .map(grant -> grant.part(balances.free(grant)))
                .toList();
    }

    public Turnover turnover() {
        return turnover;
    }
}
