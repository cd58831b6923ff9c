package io.drawdown.credits.accounts;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Brings one group to its end: read, decide, write, and again if another write came before. */
final class Committer {

    private static final int GREATEST_PAUSE_MILLIS = 64;

    private final AccountStore store;
    private final EntryHistory history;
    private final Time time;
    private final RandomGenerator random;
    private final Terms terms;
    private final CommitLimits limits;
    final Answers answers;
    final Patience patience;
    final Proposals proposals;

    Committer(
            GroupCommit.Ports ports,
            Time time,
            Scheduler scheduler,
            RandomGenerator random,
            Terms terms,
            CommitLimits limits) {
        this.store = ports.accounts();
        this.history = ports.history();
        this.time = time;
        this.random = random;
        this.terms = terms;
        this.limits = limits;
        patience = new Patience(scheduler, limits.deadline());
        proposals = new Proposals(limits, time);
        answers = new Answers(ports, patience);
    }

    /**
     * A document to decide on.
     *
     * @param now taken before it was read
     * @param isFresh whether it was read by a deciding read that began after all operations of the group arrived
     */
    record Reading(@Nullable Account account, Instant now, boolean isFresh) {}

    /** Completes when every operation of the group has its answer; never fails. */
    Uni<Void> commit(Group group) {
        return Uni.createFrom()
                .deferred(() -> attempt(group))
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(fault -> commitAgain(group, fault))
                .onFailure()
                .invoke(fault -> giveUp(group, fault))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> attempt(Group group) {
        if (group.open().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return read(group).flatMap(reading -> decide(group, reading)
                .flatMap(decision -> decision.isPresent() ? write(group, reading, decision.get()) : again(group)));
    }

    private Uni<Reading> read(Group group) {
        Instant now = time.now();
        Account remembered = group.mayPropose ? proposals.get(group.accountId) : null;
        if (remembered != null) {
            return Uni.createFrom().item(new Reading(remembered, now, false));
        }
        return patience.within(store.decide(group.accountId))
                .map(found -> new Reading(found.orElse(null), now, true))
                .invoke(reading -> seen(group, reading));
    }

    private void seen(Group group, Reading reading) {
        Account account = reading.account();
        if (account == null) {
            group.handed.seen(0, "");
        } else if (group.handed.seen(account.rev(), account.writeId())) {
            proposals.written(account);
            answers.landed(account);
        } else {
            proposals.seen(account);
        }
    }

    /**
     * Decides the group's open operations on the reading, after the ledger was asked for keys that left the ring. Empty if
     * the ledger is ahead of the document as read: what it says and what the document does not say yet do not fit together.
     */
    Uni<Optional<GroupDecision>> decide(Group group, Reading reading) {
        Account read = reading.account() == null ? null : answers.undrained(reading.account());
        return lookUp(group, read).map(keys -> {
            group.dropLate(time);
            return isAhead(keys, read)
                    ? Optional.empty()
                    : Optional.of(GroupDecision.of(read, group.open(), new Circumstances(reading.now(), terms, keys)));
        });
    }

    private static boolean isAhead(Map<String, Optional<Entry>> ledgerKeys, @Nullable Account read) {
        return read != null
                && ledgerKeys.values().stream().flatMap(Optional::stream).anyMatch(entry -> entry.seq() > read.seq());
    }

    private Uni<Map<String, Optional<Entry>>> lookUp(Group group, @Nullable Account read) {
        if (read == null || !read.keysEvicted()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Uni<Map.Entry<String, Optional<Entry>>>> questions = group.open().stream()
                .flatMap(work -> Keys.toLookUp(read, work.command).stream())
                .distinct()
                .filter(hash -> read.recentKeys().stream()
                        .noneMatch(recent -> recent.keyHash().equals(hash)))
                .map(hash -> patience.within(history.byKey(read.id(), hash)).map(found -> Map.entry(hash, found)))
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

    private Uni<Void> write(Group group, Reading reading, GroupDecision decision) {
        if (!decision.isChanged()) {
            if (!reading.isFresh()) {
                group.mayPropose = false;
                return attempt(group);
            }
            if (group.handed.mayArrive()) {
                return Uni.createFrom().failure(new OutcomeUnknown("an earlier write may still arrive"));
            }
            return answers.give(decision);
        }
        Account next = toWrite(decision);
        Uni<Boolean> writing = decision.read() == null
                ? store.insert(next)
                : store.replace(next, decision.read().rev());
        group.handed.hand(next.rev() - 1, next.writeId());
        return patience.within(writing)
                .onItem()
                .invoke(won -> group.handed.settled(next.writeId()))
                .onFailure(Unavailable.class)
                .invoke(fault -> group.handed.settled(next.writeId()))
                .flatMap(won -> won ? committed(decision, next) : lost(group));
    }

    /** The document as it goes into the store: within its bounds, with its number and whose write it is. */
    Account toWrite(GroupDecision decision) {
        Account next = requireNonNull(decision.next());
        long rev = decision.read() == null ? 1 : decision.read().rev() + 1;
        return Keys.evicted(next, terms.ring()).written(rev, Long.toHexString(random.nextLong()));
    }

    Uni<Void> committed(GroupDecision decision, Account written) {
        proposals.written(written);
        if (!answers.committed(decision, written)) {
            proposals.shared(written.id());
        }
        return answers.give(decision);
    }

    /** Another process wrote the account first. */
    void raceLost(Group group) {
        answers.raceLost();
        proposals.shared(group.accountId);
    }

    private Uni<Void> lost(Group group) {
        raceLost(group);
        return again(group);
    }

    private Uni<Void> again(Group group) {
        return again(group, new AccountBusy("lost " + limits.tries() + " races for one account"));
    }

    private Uni<Void> commitAgain(Group group, Throwable fault) {
        return again(group, fault)
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(next ->
                        group.tries >= limits.tries() ? Uni.createFrom().failure(next) : commitAgain(group, next));
    }

    /** Reads and decides all again after a while, unless that was done often enough. */
    private Uni<Void> again(Group group, Throwable otherwise) {
        proposals.remove(group.accountId);
        group.mayPropose = false;
        if (++group.tries >= limits.tries()) {
            return Uni.createFrom().failure(otherwise);
        }
        int most = Math.min(GREATEST_PAUSE_MILLIS, 2 << Math.min(group.tries, 8));
        Duration delay = Duration.ofMillis(1 + random.nextInt(most));
        return patience.pause(delay).flatMap(ignored -> attempt(group));
    }

    private void giveUp(Group group, Throwable fault) {
        proposals.remove(group.accountId);
        group.failAll(fault);
    }
}
