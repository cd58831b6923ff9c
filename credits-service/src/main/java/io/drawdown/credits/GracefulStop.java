package io.drawdown.credits;

import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.ledger.AccountOutbox;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * The end of a core, from the outside in: no more work is taken; what was taken is decided and committed; what is committed,
 * and what was left to other processes and is still there, is written to the ledger, published, and leaves its outbox. Only then the ports may be closed. In any other order what
 * comes out of one step finds the next one closed, and waits in its outbox for another process.
 */
final class GracefulStop {

    private static final Duration LOOK = Duration.ofMillis(20);

    private final GroupCommit commits;
    private final AccountOutbox outbox;
    private final Polling polling;

    GracefulStop(GroupCommit commits, AccountOutbox outbox, Time time, Scheduler scheduler) {
        this.commits = commits;
        this.outbox = outbox;
        this.polling = new Polling(time, scheduler, LOOK);
    }

    /** Whether nothing is left; false when the time is over. */
    Uni<Boolean> begin(Duration atMost) {
        commits.close();
        return polling.until(this::isDone, atMost);
    }

    private boolean isDone() {
        boolean isDecided = commits.isIdle();
        if (isDecided) {
            outbox.finish();
        }
        return isDecided && outbox.isDrained();
    }
}
