package io.drawdown.credits.commit;

import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.ledger.AccountOutbox;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.ledger.LedgerStore;
import io.drawdown.credits.metrics.CoreMetrics;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Backoff;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.drawdown.kit.trace.CurrentWork;
import io.drawdown.kit.trace.Span;
import io.drawdown.kit.trace.Spans;
import io.drawdown.kit.trace.WriteSpans;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Commits one batch: reads, decides and writes, and starts again if another write came first. */
final class Committer {

    private static final Logger LOG = Logger.getLogger(Committer.class);
    private static final Backoff LOST_RACE = new Backoff(Duration.ofMillis(4), Duration.ofMillis(64));

    private final AccountStore store;
    private final LedgerStore ledger;
    private final AccountOutbox outbox;
    private final AccountCache cache;
    private final CoreMetrics metrics;
    private final Spans spans;
    private final CommandAnswers answers;
    private final Timeout timeout;
    private final Time time;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final AccountLimits accountLimits;
    private final CommitLimits limits;

    Committer(
            CommitPorts ports,
            Time time,
            Scheduler scheduler,
            RandomGenerator random,
            AccountLimits accountLimits,
            CommitLimits limits) {
        this.store = ports.accounts();
        this.ledger = ports.ledger();
        this.outbox = ports.outbox();
        this.cache = ports.cache();
        this.metrics = ports.metrics();
        this.spans = ports.spans();
        this.time = time;
        this.scheduler = scheduler;
        this.random = random;
        this.accountLimits = accountLimits;
        this.limits = limits;
        timeout = new Timeout(scheduler, limits.deadline());
        answers = new CommandAnswers(metrics);
    }

    /**
     * A document to decide on.
     *
     * @param now taken before it was read
     * @param isFresh whether a deciding read that began after all commands of the batch arrived returned it
     */
    record ReadAccount(@Nullable Account account, Instant now, boolean isFresh) {}

    /** Completes when every command of the batch has its answer; never fails. */
    Uni<Void> commit(CommandBatch batch) {
        return Uni.createFrom()
                .deferred(() -> attempt(batch))
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(fault -> retryUntilKnown(batch, fault))
                .onFailure()
                .invoke(fault -> giveUp(batch, fault))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> attempt(CommandBatch batch) {
        if (batch.open().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return read(batch).flatMap(read -> prepareAndDecide(batch, read)
                .flatMap(decision ->
                        decision.isPresent() ? write(batch, read, decision.get()) : retryAfterLostRace(batch)));
    }

    private Uni<ReadAccount> read(CommandBatch batch) {
        Instant now = time.now();
        Account remembered = batch.mayPropose() ? cache.get(batch.accountId()) : null;
        if (remembered != null) {
            return Uni.createFrom().item(new ReadAccount(remembered, now, false));
        }
        return timeout.limit(store.readLatest(batch.accountId()))
                .map(found -> new ReadAccount(found.orElse(null), now, true))
                .invoke(read -> seen(batch, read));
    }

    private void seen(CommandBatch batch, ReadAccount read) {
        Account account = read.account();
        if (account == null) {
            batch.unresolvedWrites().seen(0, "");
        } else if (batch.unresolvedWrites().seen(account.rev(), account.writeId())) {
            cache.written(account);
            outbox.takeOnWhole(account);
        } else {
            cache.seen(account);
        }
    }

    /**
     * Gives the relay what was left to it in the document, asks the ledger for keys that are not in the outbox, fails the commands
     * that are late by then, and decides the others. Empty if the ledger is ahead of the document as it was read, because
     * then the two do not describe one state.
     */
    Uni<Optional<BatchDecision>> prepareAndDecide(CommandBatch batch, ReadAccount read) {
        Account account = read.account() == null ? null : outbox.reconcile(read.account());
        return lookUp(batch, account).map(keys -> {
            batch.dropLate();
            return isAhead(keys, account)
                    ? Optional.empty()
                    : Optional.of(BatchDecision.of(
                            account, batch.open(), new DecisionContext(read.now(), accountLimits, keys)));
        });
    }

    private static boolean isAhead(Map<String, Optional<Entry>> ledgerKeys, @Nullable Account read) {
        return read != null
                && ledgerKeys.values().stream().flatMap(Optional::stream).anyMatch(entry -> entry.seq() > read.seq());
    }

    private Uni<Map<String, Optional<Entry>>> lookUp(CommandBatch batch, @Nullable Account read) {
        if (read == null || !read.outbox().hasDrained()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Uni<Map.Entry<String, Optional<Entry>>>> questions = batch.open().stream()
                .flatMap(pending -> pending.command().keys(read).stream())
                .distinct()
                .filter(hash -> read.outbox().causedBy(hash).isEmpty())
                .map(hash -> timeout.limit(ledger.byKey(read.id(), hash))
                        .map(row -> Map.entry(hash, row.map(LedgerRow::entry))))
                .toList();
        if (questions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Uni.join().all(questions).andFailFast().map(found -> {
            Map<String, Optional<Entry>> byHash = new HashMap<>();
            found.forEach(each -> byHash.put(each.getKey(), each.getValue()));
            return byHash;
        });
    }

    private Uni<Void> write(CommandBatch batch, ReadAccount read, BatchDecision decision) {
        if (!decision.isChanged()) {
            if (!read.isFresh()) {
                batch.requireFreshRead();
                return attempt(batch);
            }
            if (batch.unresolvedWrites().mayArrive()) {
                return Uni.createFrom().failure(new OutcomeUnknown("an earlier write may still arrive"));
            }
            answers.give(decision);
            return Uni.createFrom().voidItem();
        }
        Account next = toWrite(decision);
        Uni<Boolean> writing = decision.read() == null
                ? store.insert(next)
                : store.replace(next, decision.read().rev());
        batch.unresolvedWrites().hand(next.rev() - 1, next.writeId());
        Span span = startsSpans() ? spanOf(List.of(decision)) : Span.NONE;
        return span.around(timeout.limit(writing))
                .onItem()
                .invoke(won -> batch.unresolvedWrites().resolved(next.writeId()))
                .onFailure(Unavailable.class)
                .invoke(fault -> batch.unresolvedWrites().resolved(next.writeId()))
                .flatMap(won -> {
                    if (!won) {
                        return lost(batch);
                    }
                    committed(decision, next);
                    return Uni.createFrom().voidItem();
                });
    }

    /** The span of the one write that carries out all these decisions. */
    Span spanOf(List<BatchDecision> decisions) {
        Stream<TraceContext> causes = decisions.stream()
                .flatMap(decision -> decision.verdicts().stream())
                .flatMap(verdict -> Stream.ofNullable(verdict.pending().trace()));
        boolean isNew = decisions.stream().allMatch(decision -> decision.read() == null);
        return WriteSpans.start(spans, isNew ? "insert" : "update", "accounts", causes);
    }

    boolean startsSpans() {
        return spans.isOn();
    }

    /** The document as it goes into the store, with its {@code rev} and its {@code writeId}. */
    Account toWrite(BatchDecision decision) {
        Account next = requireNonNull(decision.next());
        long rev = decision.read() == null ? 1 : decision.read().rev() + 1;
        return next.written(rev, Long.toHexString(random.nextLong()));
    }

    void committed(BatchDecision decision, Account written) {
        metrics.committed(decision.verdicts().size());
        cache.written(written);
        Account read = decision.read();
        if (!outbox.takeOn(written, read == null ? 0 : read.seq())) {
            cache.shared(written.id());
        }
        if (LOG.isDebugEnabled()) {
            decision.verdicts().forEach(verdict -> tell(verdict.pending(), written));
        }
        answers.give(decision);
    }

    private static void tell(PendingCommand<?> done, Account written) {
        CurrentWork.within(
                done.trace(),
                () -> LOG.debugf(
                        "Command written: account=%s rev=%d seq=%d", written.id(), written.rev(), written.seq()));
    }

    /** Another instance wrote the account first. */
    void raceLost(CommandBatch batch) {
        metrics.raceLost();
        cache.shared(batch.accountId());
    }

    private Uni<Void> lost(CommandBatch batch) {
        raceLost(batch);
        return retryAfterLostRace(batch);
    }

    /** Another write came between the read and this decision or its write. */
    private Uni<Void> retryAfterLostRace(CommandBatch batch) {
        return retryOnce(batch, new AccountBusy("lost " + limits.tries() + " races for one account"));
    }

    /** Tries again until the outcome of every write is known, or the tries are used up. */
    private Uni<Void> retryUntilKnown(CommandBatch batch, Throwable fault) {
        return retryOnce(batch, fault)
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(next -> batch.tries() >= limits.tries()
                        ? Uni.createFrom().failure(next)
                        : retryUntilKnown(batch, next));
    }

    /** Reads and decides everything again after a pause. Fails with {@code otherwise} if the tries are used up. */
    private Uni<Void> retryOnce(CommandBatch batch, Throwable otherwise) {
        cache.remove(batch.accountId());
        batch.requireFreshRead();
        if (batch.countTry() >= limits.tries()) {
            return Uni.createFrom().failure(otherwise);
        }
        return scheduler.pause(LOST_RACE.delay(batch.tries() - 1, random)).flatMap(ignored -> attempt(batch));
    }

    private void giveUp(CommandBatch batch, Throwable fault) {
        cache.remove(batch.accountId());
        batch.failAll(fault);
    }
}
