package io.drawdown.credits.commit;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.commit.Committer.ReadAccount;
import io.drawdown.credits.store.AccountCache;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.credits.store.Replacement;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.time.Timeout;
import io.drawdown.kit.trace.Span;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Commits the batches of many accounts with one read and one write, where it can. A batch that it cannot commit (nothing
 * to write, no such document, a race that may be lost) goes on alone, with a read that decides.
 */
final class BulkCommitter {

    private final AccountStore store;
    private final AccountCache cache;
    private final Timeout timeout;
    private final Time time;
    private final Committer committer;

    BulkCommitter(CommitPorts ports, Timeout timeout, Time time, Committer committer) {
        this.store = ports.accounts();
        this.cache = ports.cache();
        this.timeout = timeout;
        this.time = time;
        this.committer = committer;
    }

    /** A batch whose write is proposed. */
    private record Proposal(CommandBatch batch, BatchDecision decision, Account next) {

        void noteHandedOver() {
            batch.unresolvedWrites().hand(next.rev() - 1, next.writeId());
        }

        void noteResolved() {
            batch.unresolvedWrites().resolved(next.writeId());
        }

        Replacement replacement() {
            return new Replacement(next, next.rev() - 1);
        }
    }

    /** Completes when every command of every batch has its answer; never fails. */
    Uni<Void> commit(List<CommandBatch> batches) {
        Instant now = time.now();
        return known(batches)
                .flatMap(accounts -> propose(batches, accounts, now))
                .flatMap(proposals -> write(batches, proposals))
                .onFailure()
                .recoverWithUni(fault -> alone(batches));
    }

    private Uni<Map<String, Account>> known(List<CommandBatch> batches) {
        Map<String, Account> accounts = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (CommandBatch batch : batches) {
            Account remembered = cache.get(batch.accountId());
            if (remembered == null) {
                missing.add(batch.accountId());
            } else {
                accounts.put(batch.accountId(), remembered);
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(accounts);
        }
        return timeout.limit(store.readMaybeStale(missing)).map(found -> {
            found.forEach(account -> {
                cache.seen(account);
                accounts.put(account.id(), account);
            });
            return accounts;
        });
    }

    private Uni<List<Proposal>> propose(List<CommandBatch> batches, Map<String, Account> accounts, Instant now) {
        List<Uni<Stream<Proposal>>> decisions = new ArrayList<>();
        for (CommandBatch batch : batches) {
            Account account = accounts.get(batch.accountId());
            if (account != null) {
                decisions.add(committer
                        .prepareAndDecide(batch, new ReadAccount(account, now, false))
                        .map(decision -> decision.stream().flatMap(each -> proposal(batch, each))));
            }
        }
        if (decisions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join().all(decisions).andFailFast().map(found -> found.stream()
                .flatMap(each -> each)
                .toList());
    }

    private Stream<Proposal> proposal(CommandBatch batch, BatchDecision decision) {
        return decision.isChanged()
                ? Stream.of(new Proposal(batch, decision, committer.toWrite(decision)))
                : Stream.empty();
    }

    private Uni<Void> write(List<CommandBatch> batches, List<Proposal> proposed) {
        batches.forEach(CommandBatch::dropLate);
        List<Proposal> proposals =
                proposed.stream().filter(BulkCommitter::isStillWhole).toList();
        List<CommandBatch> others = new ArrayList<>(batches);
        proposals.forEach(proposal -> others.remove(proposal.batch()));
        if (proposals.isEmpty()) {
            return alone(others);
        }
        List<Replacement> replacements =
                proposals.stream().map(Proposal::replacement).toList();
        proposals.forEach(Proposal::noteHandedOver);
        return span(proposals)
                .around(timeout.limit(store.replaceAll(replacements)))
                .onFailure(Unavailable.class)
                .invoke(fault -> proposals.forEach(Proposal::noteResolved))
                .flatMap(matched -> matched == proposals.size() ? committed(proposals) : sortOut(proposals))
                .onFailure()
                .recoverWithUni(fault -> lost(proposals))
                .flatMap(ignored -> alone(others));
    }

    private Span span(List<Proposal> proposals) {
        return committer.startsSpans()
                ? committer.spanOf(proposals.stream().map(Proposal::decision).toList())
                : Span.NONE;
    }

    /** While the ledger was asked for the keys of another batch, the deadline of a command may have passed. */
    private static boolean isStillWhole(Proposal proposal) {
        return proposal.decision().verdicts().stream()
                .noneMatch(verdict -> verdict.pending().isAnswered());
    }

    private Uni<Void> committed(List<Proposal> proposals) {
        proposals.forEach(Proposal::noteResolved);
        proposals.forEach(proposal -> committer.committed(proposal.decision(), proposal.next()));
        return Uni.createFrom().voidItem();
    }

    /** The count does not say who lost. A document that shows our write id is ours; the others are decided again. */
    private Uni<Void> sortOut(List<Proposal> proposals) {
        List<String> ids =
                proposals.stream().map(proposal -> proposal.next().id()).toList();
        return timeout.limit(store.readMaybeStale(ids)).flatMap(found -> {
            Map<String, String> writers = new HashMap<>();
            found.forEach(account -> writers.put(account.id(), account.writeId()));
            List<Proposal> ours = new ArrayList<>();
            List<Proposal> theirs = new ArrayList<>();
            for (Proposal proposal : proposals) {
                boolean isOurs = proposal.next()
                        .writeId()
                        .equals(writers.get(proposal.next().id()));
                (isOurs ? ours : theirs).add(proposal);
            }
            theirs.forEach(proposal -> committer.raceLost(proposal.batch()));
            return committed(ours).flatMap(ignored -> lost(theirs));
        });
    }

    private Uni<Void> lost(List<Proposal> proposals) {
        return alone(proposals.stream().map(Proposal::batch).toList());
    }

    private Uni<Void> alone(List<CommandBatch> batches) {
        return all(batches.stream()
                .map(batch -> {
                    batch.requireFreshRead();
                    return committer.commit(batch);
                })
                .toList());
    }

    private static Uni<Void> all(List<Uni<Void>> each) {
        return each.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(each).andCollectFailures().replaceWithVoid();
    }
}
