package io.drawdown.credits.commit;

import io.drawdown.credits.decision.Command;
import io.drawdown.credits.decision.Reply;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

/** One operation that waits for its answer; it gets exactly one. */
final class PendingCommand {

    final Command command;
    final Deadline deadline;
    private final UniEmitter<? super Reply> asker;
    private final Runnable whenAnswered;
    private Scheduler.Timer alarm = () -> {};
    private boolean answered;
    private @Nullable CommandBatch batch;

    PendingCommand(Command command, Deadline deadline, UniEmitter<? super Reply> asker, Runnable whenAnswered) {
        this.command = command;
        this.deadline = deadline;
        this.asker = asker;
        this.whenAnswered = whenAnswered;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether it may not be written any more. */
    boolean isLate(Time time) {
        return deadline.hasPassed(time);
    }

    void answer(Reply reply) {
        if (!answered) {
            close();
            asker.complete(reply);
        }
    }

    /** It is decided and written with these from now on. */
    void joins(CommandBatch others) {
        batch = others;
    }

    /** Rings when it is late. */
    void watchedBy(Scheduler.Timer timer) {
        alarm = timer;
    }

    void failLate() {
        fail(new Unavailable("not decided in time"));
    }

    /** If the write may have reached the store, it fails with {@link OutcomeUnknown}; else nothing was written for it. */
    void fail(Throwable fault) {
        if (batch != null) {
            failWith(batch.handed.fault(fault));
        } else {
            failWith(fault);
        }
    }

    /** It was done, but what was done cannot be read now. */
    void failAfterwards(Throwable fault) {
        failWith(
                fault instanceof Unavailable
                        ? new OutcomeUnknown("done, but its row cannot be read now", fault)
                        : fault);
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
