package io.drawdown.credits.commit;

import io.drawdown.contracts.TraceContext;
import io.drawdown.credits.account.Asks;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.Turn;
import io.drawdown.credits.rules.Command;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One command that waits for its answer; it gets exactly one. */
final class PendingCommand<R> {

    private final Command<R> command;
    private final Deadline deadline;
    private final @Nullable TraceContext trace;
    private final UniEmitter<? super Reply<R>> asker;
    private final Runnable whenAnswered;
    private final Time time;
    private Scheduler.Timer alarm = () -> {};
    private boolean answered;
    private boolean hasWaited;
    private long waitsUntilNanos;
    private long lookAgainNanos;
    private @Nullable CommandBatch batch;

    PendingCommand(
            Command<R> command,
            Deadline deadline,
            @Nullable TraceContext trace,
            UniEmitter<? super Reply<R>> asker,
            Runnable whenAnswered,
            Time time) {
        this.command = command;
        this.deadline = deadline;
        this.trace = trace;
        this.asker = asker;
        this.whenAnswered = whenAnswered;
        this.time = time;
    }

    Command<R> command() {
        return command;
    }

    /** Of the request that gave it; null if none did. */
    @Nullable
    TraceContext trace() {
        return trace;
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * @param isBehind whether one that came earlier waits
     * @param isRoom whether one more may wait
     */
    Turn turn(boolean isBehind, boolean isRoom) {
        boolean hasTime = !hasWaited || waitsUntilNanos - time.nanos() > 0;
        return new Turn(hasTime && isRoom, hasWaited, isBehind);
    }

    boolean hasWaited() {
        return hasWaited;
    }

    /** It is not decided yet; nothing of it is under way. */
    void waits(Duration lookAgain) {
        if (!hasWaited) {
            hasWaited = true;
            waitsUntilNanos = time.nanos() + Asks.WITHIN.toNanos();
        }
        batch = null;
        lookAgainNanos = Math.min(time.nanos() + lookAgain.toNanos(), waitsUntilNanos);
    }

    /** How long until it is decided again, at the latest. */
    Duration untilLookAgain() {
        return Duration.ofNanos(Math.max(0, lookAgainNanos - time.nanos()));
    }

    /** How long until it is late. */
    Duration left() {
        return deadline.left(time);
    }

    /** Whether its deadline has passed, so that it may not be written any more. */
    boolean isLate() {
        return deadline.hasPassed(time);
    }

    void answer(Reply<R> reply) {
        if (!answered) {
            close();
            asker.complete(reply);
        }
    }

    /** From now on it is decided and written with the others of this batch. */
    void joins(CommandBatch others) {
        batch = others;
    }

    /** The timer that fails it when it is late. */
    void watchedBy(Scheduler.Timer timer) {
        alarm = timer;
    }

    void failLate() {
        fail(new Unavailable("not decided in time"));
    }

    /** If a write may have reached the store, it fails with {@link OutcomeUnknown}; otherwise nothing was written for it. */
    void fail(Throwable fault) {
        if (batch != null) {
            failWith(batch.unresolvedWrites().fault(fault));
        } else {
            failWith(fault);
        }
    }

    private void close() {
        answered = true;
        alarm.cancel();
        whenAnswered.run();
    }

    private void failWith(Throwable fault) {
        if (!answered) {
            close();
            asker.fail(fault);
        }
    }
}
