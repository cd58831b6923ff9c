package io.drawdown.credits;

import io.drawdown.credits.commit.GroupCommit;
import io.drawdown.credits.ledger.AccountOutbox;
import io.drawdown.kit.time.Polling;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Stops a core from the outside in. First it takes no more commands. Then it decides and commits the commands that it has.
 * Then it writes the committed entries to the ledger, publishes them and trims their outboxes; so it does with entries that
 * it left to other instances and that are still there. Only then may the ports be closed. In any other order the result of
 * one step finds the next step closed, and waits in its outbox for another instance.
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
        return polling.until(this::drain, atMost);
    }

    /** Lets the outbox finish once every command is decided. Answers whether nothing is left. */
    private boolean drain() {
        boolean isDecided = commits.isIdle();
        if (isDecided) {
            outbox.finish();
        }
        return isDecided && outbox.isDrained();
    }
}
