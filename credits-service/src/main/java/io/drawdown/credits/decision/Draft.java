package io.drawdown.credits.decision;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantPart;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Shortfall;
import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Account.LastWrite;
import io.drawdown.credits.account.Account.Money;
import io.drawdown.credits.account.Account.Outbox;
import io.drawdown.credits.account.AccountStatus;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.account.Asks;
import io.drawdown.credits.account.Balances;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Entry.Movement;
import io.drawdown.credits.account.Entry.Origin;
import io.drawdown.credits.account.Entry.Subject;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.account.GrantsAndHolds;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An account while one command is decided on it. The rules change it and post entries. It becomes the next document, or
 * nothing at all.
 */
public final class Draft {

    private final Account base;
    private final DecisionContext context;
    private final Instant now;
    private final List<Entry> outbox;
    private final Set<Anomaly> anomalies = EnumSet.noneOf(Anomaly.class);

    private final GrantsAndHolds grantsAndHolds;
    private AccountStatus status;
    private @Nullable String plan;
    private Thresholds thresholds;
    private @Nullable Asks asks;
    private long seq;
    private @Nullable TraceContext trace;

    public Draft(Account base, DecisionContext context) {
        this.base = base;
        this.context = context;
        now = context.now().isAfter(base.accountTime()) ? context.now() : base.accountTime();
        grantsAndHolds = new GrantsAndHolds(base.grants(), base.holds());
        outbox = new ArrayList<>(base.outbox().entries());
        status = base.status();
        plan = base.plan();
        thresholds = base.money().thresholds();
        asks = base.money().asks();
        seq = base.seq();
    }

    /** The time of the account: never before the time of the latest decision. */
    public Instant now() {
        return now;
    }

    Instant lastDecidedAt() {
        return base.accountTime();
    }

    public AccountLimits limits() {
        return context.limits();
    }

    public Turn turn() {
        return context.turn();
    }

    /** Whom the account asked to give back; null if nobody. */
    public @Nullable Asks asks() {
        return asks;
    }

    /** Post the entry that says it. */
    public void setAsks(Asks next) {
        asks = next;
    }

    public AccountStatus status() {
        return status;
    }

    public void changeStatus(AccountStatus next) {
        status = next;
    }

    /** What kinds of session the account may start; null: every kind. */
    public @Nullable String plan() {
        return plan;
    }

    public void changePlan(@Nullable String next) {
        plan = next;
    }

    public List<Grant> grants() {
        return grantsAndHolds.grants();
    }

    /** Adds the grant, or replaces the one with its id. */
    public void put(Grant grant) {
        grantsAndHolds.put(grant);
    }

    /** Takes these credits out of their grants, and names what was taken. */
    public List<GrantPart> take(List<Allocation> parts) {
        return grantsAndHolds.take(parts);
    }

    public List<Hold> holds() {
        return grantsAndHolds.holds();
    }

    public Optional<Hold> hold(String id) {
        return grantsAndHolds.hold(id);
    }

    /** Adds the hold, or replaces the one with its id. */
    public void put(Hold hold) {
        grantsAndHolds.put(hold);
    }

    public void remove(Hold hold) {
        grantsAndHolds.remove(hold);
    }

    Thresholds thresholds() {
        return thresholds;
    }

    void setThresholds(Thresholds next) {
        thresholds = next;
    }

    public Balances balances() {
        return new Balances(grantsAndHolds.grants(), grantsAndHolds.holds(), now);
    }

    public long nextSeq() {
        return seq + 1;
    }

    /** The entries before this are due to time alone; those from now on are due to the request of the command. */
    public void beginCommand() {
        trace = context.trace();
    }

    /** The next credits that no hold reserves, in burn order. They must be available. */
    public List<Allocation> allocate(Credits amount) {
        Balances balances = balances();
        List<Allocation> free = Grant.inBurnOrder(grants()).stream()
                .filter(grant -> grant.isUsable(now))
                .map(grant -> new Allocation(grant.id(), balances.free(grant)))
                .toList();
        return Allocations.takeFrom(free, amount);
    }

    /** Gives the entry its seq, and posts a warning if it lowered the balance below a level. */
    public Entry post(Posting posting) {
        seq++;
        Balances balances = balances();
        Entry entry = new Entry(
                seq,
                posting.type,
                now,
                Movement.to(balances.posted(), posting.amount, posting.parts),
                balances.view(seq, thresholds),
                new Subject(
                        posting.grant,
                        posting.hold,
                        posting.priced,
                        posting.used,
                        posting.thresholdPercent,
                        posting.plan),
                new Origin(posting.cause, posting.keyHash, posting.requestHash, trace),
                posting.effectiveAt);
        outbox.add(entry);
        if (posting.amount.isNegative()) {
            Warnings.raise(this);
        }
        return entry;
    }

    /** The entry of a key, if it has not left the outbox yet. */
    Optional<Entry> inOutbox(String keyHash) {
        return outbox.stream().filter(entry -> keyHash.equals(entry.keyHash())).findFirst();
    }

    /** What the ledger knows of a key that is not in the outbox. */
    Optional<Entry> inLedger(String keyHash) {
        Optional<Entry> known = answered(keyHash);
        if (known == null) {
            if (base.outbox().hasDrained()) {
                throw new IllegalStateException("a key was not looked up in the ledger");
            }
            return Optional.empty();
        }
        return known;
    }

    @SuppressWarnings("NullableOptional") // absent from the map means: not asked
    private @Nullable Optional<Entry> answered(String keyHash) {
        Map<String, Optional<Entry>> answers = context.ledgerKeys();
        return answers.get(keyHash);
    }

    public int outboxSize() {
        return outbox.size();
    }

    public void notice(Anomaly anomaly) {
        anomalies.add(anomaly);
    }

    public boolean isChanged() {
        return seq > base.seq();
    }

    public <R> Decision<R> changed(R result) {
        return new Decision.Changed<>(finished(), result, Set.copyOf(anomalies));
    }

    public <R> Decision<R> waiting(Duration lookAgain) {
        return new Decision.Waiting<>(isChanged() ? finished() : base, lookAgain, Set.copyOf(anomalies));
    }

    public <R> Decision<R> unchanged(R result) {
        return new Decision.Unchanged<>(new Reply.Done<>(result), Set.copyOf(anomalies));
    }

    public <R> Decision<R> refused(ProblemType problem) {
        return refused(Refusal.of(problem, viewBefore()));
    }

    public <R> Decision<R> refused(Refusal refusal) {
        return new Decision.Unchanged<>(new Reply.Refused<>(refusal), Set.copyOf(anomalies));
    }

    public <R> Decision<R> insufficient(Credits required) {
        AccountView money = viewBefore();
        Shortfall shortfall = Shortfall.of(required, money);
        notice(shortfall.isHeld() ? Anomaly.SHORT_OF_HELD : Anomaly.SHORT_OF_SPENT);
        return refused(new Refusal(ProblemType.INSUFFICIENT_CREDITS, shortfall.detail(), required, money));
    }

    /** The money as it stands with what has been posted so far. */
    public AccountView view() {
        return balances().view(seq, thresholds);
    }

    /** The money as it stands if nothing of this is written. */
    public AccountView viewBefore() {
        return base.view(now);
    }

    public Account finished() {
        return new Account(
                base.id(),
                base.rev(),
                LastWrite.at(now, base.writeId()),
                base.opening(),
                status,
                plan,
                new Money(grants(), holds(), thresholds, Expiry.dueAt(grantsAndHolds, now), asks),
                Outbox.of(seq, outbox));
    }
}
