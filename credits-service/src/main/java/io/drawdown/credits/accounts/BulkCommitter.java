package io.drawdown.credits.accounts;

import io.drawdown.credits.accounts.Committer.Reading;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings the groups of many accounts to their end with one read and one write, as far as that goes. Whatever it cannot
 * settle (nothing to write, no such document, a race that may be lost) goes on alone, by a read that decides.
 */
final class BulkCommitter {

    private final AccountStore store;
    private final Time time;
    private final Committer committer;

    BulkCommitter(AccountStore store, Time time, Committer committer) {
        this.store = store;
        this.time = time;
        this.committer = committer;
    }

    /** A group whose write is proposed. */
    private record Proposal(Group group, GroupDecision decision, Account next) {

        void handed() {
            group.handed.hand(next.rev() - 1, next.writeId());
        }

        void settled() {
            group.handed.settled(next.writeId());
        }

        Replacement replacement() {
            return new Replacement(next, next.rev() - 1);
        }
    }

    /** Completes when every operation of every group has its answer; never fails. */
    Uni<Void> commit(List<Group> groups) {
        Instant now = time.now();
        return known(groups)
                .flatMap(accounts -> propose(groups, accounts, now))
                .flatMap(proposals -> write(groups, proposals))
                .onFailure()
                .recoverWithUni(fault -> alone(groups));
    }

    private Uni<Map<String, Account>> known(List<Group> groups) {
        Map<String, Account> accounts = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (Group group : groups) {
            Account remembered = committer.proposals.get(group.accountId);
            if (remembered == null) {
                missing.add(group.accountId);
            } else {
                accounts.put(group.accountId, remembered);
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(accounts);
        }
        return committer.patience.within(store.peek(missing)).map(found -> {
            found.forEach(account -> {
                committer.proposals.seen(account);
                accounts.put(account.id(), account);
            });
            return accounts;
        });
    }

    private Uni<List<Proposal>> propose(List<Group> groups, Map<String, Account> accounts, Instant now) {
        List<Uni<Stream<Proposal>>> decisions = new ArrayList<>();
        for (Group group : groups) {
            Account account = accounts.get(group.accountId);
            if (account != null) {
                decisions.add(committer
                        .decide(group, new Reading(account, now, false))
                        .map(decision -> decision.stream().flatMap(each -> proposal(group, each))));
            }
        }
        if (decisions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join().all(decisions).andFailFast().map(found -> found.stream()
                .flatMap(each -> each)
                .toList());
    }

    private Stream<Proposal> proposal(Group group, GroupDecision decision) {
        return decision.isChanged()
                ? Stream.of(new Proposal(group, decision, committer.toWrite(decision)))
                : Stream.empty();
    }

    private Uni<Void> write(List<Group> groups, List<Proposal> proposed) {
        groups.forEach(group -> group.dropLate(time));
        List<Proposal> proposals =
                proposed.stream().filter(BulkCommitter::isStillWhole).toList();
        List<Group> others = new ArrayList<>(groups);
        proposals.forEach(proposal -> others.remove(proposal.group()));
        if (proposals.isEmpty()) {
            return alone(others);
        }
        List<Replacement> replacements =
                proposals.stream().map(Proposal::replacement).toList();
        proposals.forEach(Proposal::handed);
        return committer
                .patience
                .within(store.replaceAll(replacements))
                .onFailure(Unavailable.class)
                .invoke(fault -> proposals.forEach(Proposal::settled))
                .flatMap(matched -> matched == proposals.size() ? committed(proposals) : sortOut(proposals))
                .onFailure()
                .recoverWithUni(fault -> lost(proposals))
                .flatMap(ignored -> alone(others));
    }

    /** While the ledger was asked for another group's keys, an operation may have run into its deadline. */
    private static boolean isStillWhole(Proposal proposal) {
        return proposal.decision().verdicts().stream()
                .noneMatch(verdict -> verdict.work().isAnswered());
    }

    private Uni<Void> committed(List<Proposal> proposals) {
        proposals.forEach(Proposal::settled);
        return all(proposals.stream()
                .map(proposal -> committer.committed(proposal.decision(), proposal.next()))
                .toList());
    }

    /** The count does not say who lost: what shows our write is ours, the rest is decided again. */
    private Uni<Void> sortOut(List<Proposal> proposals) {
        List<String> ids =
                proposals.stream().map(proposal -> proposal.next().id()).toList();
        return committer.patience.within(store.peek(ids)).flatMap(found -> {
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
            theirs.forEach(proposal -> committer.raceLost(proposal.group()));
            return committed(ours).flatMap(ignored -> lost(theirs));
        });
    }

    private Uni<Void> lost(List<Proposal> proposals) {
        return alone(proposals.stream().map(Proposal::group).toList());
    }

    private Uni<Void> alone(List<Group> groups) {
        return all(groups.stream()
                .map(group -> {
                    group.mayPropose = false;
                    return committer.commit(group);
                })
                .toList());
    }

    private static Uni<Void> all(List<Uni<Void>> each) {
        return each.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(each).andCollectFailures().replaceWithVoid();
    }
}
