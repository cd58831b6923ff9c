package io.drawdown.credits.accounts;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

/** One operation that waits for its answer; it gets exactly one. */
final class Work {

    final Command command;
    final long submittedNanos;
    private final UniEmitter<? super Reply> asker;
    private final Runnable whenAnswered;
    private boolean answered;
    private @Nullable Group group;

    Work(Command command, long submittedNanos, UniEmitter<? super Reply> asker, Runnable whenAnswered) {
        this.command = command;
        this.submittedNanos = submittedNanos;
        this.asker = asker;
        this.whenAnswered = whenAnswered;
    }

    boolean isAnswered() {
        return answered;
    }

    void answer(Reply reply) {
        if (!answered) {
            answered = true;
            whenAnswered.run();
            asker.complete(reply);
        }
    }

    /** It is decided and written with these from now on. */
    void joins(Group others) {
        group = others;
    }

    /** Of what may have been written, or may still be, nobody says that it did not happen. */
    void fail(Throwable fault) {
        if (!answered) {
            answered = true;
            whenAnswered.run();
            boolean isHidden = group != null && group.mayBeWritten() && !(fault instanceof OutcomeUnknown);
            asker.fail(isHidden ? new OutcomeUnknown("a write was sent and its answer was lost", fault) : fault);
        }
    }
}
