package io.drawdown.credits;

import io.drawdown.contracts.AccountView;
import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import io.drawdown.credits.store.AccountStore;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Expires grants and raises overdue holds of accounts that receive no commands. */
public final class DueSweep {

    private static final int MOST = 1_000;

    private final AccountStore store;
    private final GroupCommit commits;
    private final Time time;

    public DueSweep(AccountStore store, GroupCommit commits, Time time) {
        this.store = store;
        this.commits = commits;
        this.time = time;
    }

    public Uni<Void> round() {
        return store.dueAccounts(time.now(), MOST).flatMap(this::tick);
    }

    private Uni<Void> tick(List<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Reply<AccountView>>> ticks =
                ids.stream().map(id -> commits.submit(new Command.Tick(id))).toList();
        return Uni.join().all(ticks).andCollectFailures().replaceWithVoid();
    }
}
