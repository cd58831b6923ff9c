package io.drawdown.credits.accounts;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens once a group is settled: the askers hear of it, the entries go on their way. */
final class Answers {

    private final EntryHistory history;
    private final Outgoing outgoing;
    private final Vitals vitals;
    private final Patience patience;

    Answers(GroupCommit.Ports ports, Patience patience) {
        this.history = ports.history();
        this.outgoing = ports.outgoing();
        this.vitals = ports.vitals();
        this.patience = patience;
    }

    Account undrained(Account read) {
        return outgoing.undrained(read);
    }

    /** Whether this process takes the entries on. */
    boolean committed(GroupDecision decision, Account written) {
        vitals.committed(decision.verdicts().size());
        Account read = decision.read();
        return outgoing.committed(written, read == null ? 0 : read.seq());
    }

    /** It is a write of this process whose answer was lost: what it added is nobody else's to drain. */
    void landed(Account written) {
        outgoing.committed(written, 0);
    }

    void raceLost() {
        vitals.raceLost();
    }

    /** Gives every operation its answer. Completes when all have it; never fails. */
    Uni<Void> give(GroupDecision decision) {
        List<Uni<Void>> lookUps = new ArrayList<>();
        for (GroupDecision.Verdict verdict : decision.verdicts()) {
            switch (verdict) {
                case GroupDecision.Decided decided -> {
                    count(decided.notices());
                    decided.work().answer(decided.reply());
                }
                case GroupDecision.Failed failed -> failed.work().fail(failed.fault());
                case GroupDecision.FoundAt found -> lookUps.add(replay(found));
            }
        }
        return lookUps.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(lookUps).andFailFast().replaceWithVoid();
    }

    private Uni<Void> replay(GroupDecision.FoundAt found) {
        return patience.within(history.bySeq(found.work().command.accountId(), found.seq()))
                .invoke(entry -> answer(found, entry))
                .onFailure()
                .invoke(found.work()::failAfterwards)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void answer(GroupDecision.FoundAt found, Optional<Entry> entry) {
        if (entry.isPresent()) {
            found.work().answer(new Reply.Posted(entry.get(), true));
        } else {
            found.work().fail(new IllegalStateException("a drained entry is not in the ledger: " + found.seq()));
        }
    }

    private void count(Set<Notice> notices) {
        for (Notice notice : notices) {
            switch (notice) {
                case USAGE_BEYOND_FUNDED -> vitals.usageBeyondFunded();
                case FUTURE_EPOCH -> vitals.futureEpoch();
                case SHORT_OF_HELD -> vitals.insufficient(true);
                case SHORT_OF_SPENT -> vitals.insufficient(false);
            }
        }
    }
}
