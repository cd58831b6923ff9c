package io.drawdown.credits.commit;

import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.kit.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The commands to one account that wait for its next write, and those that wait for credits to come back. The latter are
 * decided again with every batch, in order of arrival: after what brings credits, before what came later.
 */
final class Lane {

    private final String accountId;
    private final ResettableTimer lookAgain;
    private final Deque<PendingCommand<?>> arrived = new ArrayDeque<>();
    private List<PendingCommand<?>> waiting = List.of();
    private boolean isTaken;
    private boolean isDue;

    Lane(String accountId, Scheduler scheduler) {
        this.accountId = accountId;
        this.lookAgain = new ResettableTimer(scheduler);
    }

    String accountId() {
        return accountId;
    }

    void add(PendingCommand<?> pending) {
        arrived.add(pending);
    }

    /** Whether it gets in line: something is to be decided, and it is neither in line nor under way. */
    boolean take() {
        boolean isReady = !isTaken && (isDue || !arrived.isEmpty());
        isTaken |= isReady;
        return isReady;
    }

    CommandBatch batch(int most) {
        lookAgain.cancel();
        isDue = false;
        List<PendingCommand<?>> commands = new ArrayList<>();
        List<PendingCommand<?>> others = new ArrayList<>();
        for (int taken = 0; taken < most && !arrived.isEmpty(); taken++) {
            PendingCommand<?> next = arrived.remove();
            (next.command().bringsCredits() ? commands : others).add(next);
        }
        waiting.stream().filter(pending -> !pending.isAnswered()).forEach(commands::add);
        commands.addAll(others);
        waiting = List.of();
        return new CommandBatch(accountId, commands);
    }

    /**
     * Notes that its batch is done. What has no answer yet waits for credits.
     *
     * @param due runs when one of those is to be decided again
     */
    void finish(CommandBatch batch, Runnable due) {
        isTaken = false;
        waiting = batch.open();
        waiting.stream()
                .map(PendingCommand::untilLookAgain)
                .min(Duration::compareTo)
                .ifPresent(delay -> lookAgain.set(delay, () -> {
                    isDue = true;
                    due.run();
                }));
    }

    boolean isEmpty() {
        return arrived.isEmpty() && waiting.isEmpty();
    }
}
